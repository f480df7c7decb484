import java.io.*;
import java.nio.file.*;
import java.security.*;
import java.security.spec.*;
import java.util.*;
import javax.xml.crypto.*;
import javax.xml.crypto.dsig.*;
import javax.xml.crypto.dsig.dom.*;
import javax.xml.crypto.dsig.keyinfo.*;
import javax.xml.crypto.dsig.spec.*;
import javax.xml.parsers.*;
import javax.xml.transform.*;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.*;

/** The JDK's own XML signatures, whose canonical form is not libxml2's.
 *  verify PUBLIC.pem FOLDER   prints the name of every file whose seal does not hold, then the number of files
 *  sign PRIVATE.pem NAME IN OUT   seals every file of IN as key NAME into OUT, alternately whole and by its envelope */
public class SealOracle {
  static final XMLSignatureFactory FACTORY = XMLSignatureFactory.getInstance("DOM");
  static final String EXCLUSIVE = CanonicalizationMethod.EXCLUSIVE;

  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("verify")) verify(arguments[1], arguments[2]);
    else sign(arguments[1], arguments[2], arguments[3], arguments[4]);
  }

  static byte[] pem(String file) throws IOException {
    String text = Files.readString(Path.of(file)).replaceAll("-----[^-]*-----", "").replaceAll("\\s", "");
    return Base64.getDecoder().decode(text);
  }

  static Document read(Path file) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Document document = factory.newDocumentBuilder().parse(file.toFile());
    Element envelope = (Element) document.getElementsByTagNameNS("urn:msec:dossier:1", "Envelope").item(0);
    envelope.setIdAttribute("id", true);
    return document;
  }

  static List<Path> files(String folder) throws IOException {
    try (var stream = Files.list(Path.of(folder))) {
      return stream.filter(p -> p.toString().endsWith(".xml")).sorted().toList();
    }
  }

  static void verify(String keyFile, String folder) throws Exception {
    PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(pem(keyFile)));
    List<Path> files = files(folder);
    for (Path file : files) {
      boolean holds;
      try {
        Document document = read(file);
        Node seal = document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature").item(0);
        DOMValidateContext context = new DOMValidateContext(key, seal);
        context.setProperty("org.jcp.xml.dsig.secureValidation", Boolean.TRUE);
        holds = FACTORY.unmarshalXMLSignature(context).validate(context);
      } catch (Exception problem) {
        holds = false;
      }
      if (!holds) System.out.println(file.getFileName());
    }
    System.out.println(files.size());
  }

  static void sign(String keyFile, String name, String in, String out) throws Exception {
    PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pem(keyFile)));
    DigestMethod digest = FACTORY.newDigestMethod(DigestMethod.SHA256, null);
    KeyInfoFactory keys = FACTORY.getKeyInfoFactory();
    int number = 0;
    for (Path file : files(in)) {
      boolean whole = number++ % 2 == 0;
      Document document = read(file);
      // a transform keeps the document that it was first used for
      Transform enveloped = FACTORY.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null);
      Transform exclusive = FACTORY.newTransform(EXCLUSIVE, (TransformParameterSpec) null);
      Reference reference = FACTORY.newReference(whole ? "" : "#envelope", digest,
          whole ? List.of(enveloped, exclusive) : List.of(exclusive), null, null);
      SignedInfo info = FACTORY.newSignedInfo(
          FACTORY.newCanonicalizationMethod(EXCLUSIVE, (C14NMethodParameterSpec) null),
          FACTORY.newSignatureMethod("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", null), List.of(reference));
      DOMSignContext context = new DOMSignContext(key, document.getDocumentElement());
      context.setDefaultNamespacePrefix("ds");
      FACTORY.newXMLSignature(info, keys.newKeyInfo(List.of(keys.newKeyName(name)))).sign(context);
      Transformer writer = TransformerFactory.newInstance().newTransformer();
      try (OutputStream stream = Files.newOutputStream(Path.of(out, file.getFileName().toString()))) {
        writer.transform(new DOMSource(document), new StreamResult(stream));
      }
    }
  }
}
