import Diagnostics
import Dossier
import Foundation
import TestSupport
import Testing
import XML

@Test(arguments: [
  // RFC 4648, section 10
  ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
  ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
])
func base64OfTheStandard(_ text: String, _ encoded: String) {
  #expect(Base64.encode(Array(text.utf8)) == encoded)
  #expect(Base64.decode(encoded) == Array(text.utf8))
}

@Test(arguments: [
  "Zg", "Zg=", "Zg===", "Zg==Zg==", "=", "====", "Z", "Zh==", "Zm9=", "Zm8=a", "Z g==\u{A0}",
  "Zm9v-",
  "Zm9v_", "Zm9v\0", "Zm9v%", "ə",
])
func otherSpellingsAreRefused(_ text: String) {
  #expect(Base64.decode(text) == nil)
}

@Test func whiteSpaceInBase64IsReadOver() {
  #expect(Base64.decode(" Zm\r\n9v\tYg = =\n") == Array("foob".utf8))
}

@Test(arguments: 0..<300)
func everyLengthDecodesBack(_ count: Int) {
  let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ count) }
  #expect(Base64.decode(Base64.encode(bytes)) == bytes)
  #expect(Base64.encode(bytes) == Data(bytes).base64EncodedString())
}

@Test func digestsHaveOneSpelling() {
  // FIPS 180-4: SHA-256 of "abc"
  let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
  #expect(Digest(of: Array("abc".utf8)).description == text)
  #expect(Digest(text) == Digest(of: Array("abc".utf8)))
  #expect(Digest(text.uppercased()) == nil)
  #expect(Digest(String(text.dropLast())) == nil)
}

@Test(arguments: [
  (MediaType.pdf, "%PDF-1.4", true), (.pdf, "PK\u{3}\u{4}", false), (.pdf, "", false),
  (.png, "<svg/>", false), (.text, "Şikayət\n", true), (.text, "a\u{0}", false),
  (.text, "", true), (.jpeg, "JFIF", false),
])
func contentFitsItsType(_ type: MediaType, _ content: String, _ fits: Bool) {
  #expect(type.fits(Array(content.utf8)) == fits)
}

@Test(
  arguments: [
    ("scan.pdf", "application/pdf", 8, "JVBERi0xLjQ=", nil),
    ("scan.pdf", "application/pdf", 8, "JVBERi0xLjR=", "DOSS010"),
    ("scan.pdf", "application/pdf", 9, "JVBERi0xLjQ=", "DOSS011"),
    ("../x", "application/pdf", 8, "JVBERi0xLjQ=", "DOSS013"),
    ("a\u{202E}fdp.exe", "application/pdf", 8, "JVBERi0xLjQ=", "DOSS013"),
    (".profile", "application/pdf", 8, "JVBERi0xLjQ=", "DOSS013"),
    ("", "application/pdf", 8, "JVBERi0xLjQ=", "DOSS013"),
    ("scan.png", "image/png", 8, "JVBERi0xLjQ=", "DOSS014"),
    ("scan.pdf", "application/pdf", (5 << 20) + 1, "JVBERi0xLjQ=", "DOSS015"),
    ("scan.exe", "application/exe", 8, "JVBERi0xLjQ=", "DOSS016"),
  ] as [(String, String, Int, String, String?)])
func claimsAreHeldAgainstContent(
  _ name: String, _ type: String, _ size: Int, _ base64: String, _ code: String?
) throws {
  let digest = Digest(of: Array("%PDF-1.4".utf8)).description
  let claim = Attachment.Claim(fileName: name, mediaType: type, size: size, digest: digest)
  let found = Result { try Attachment(base64: base64, claim: claim, at: nil) }
  switch found {
  case .success(let attachment):
    #expect(code == nil)
    #expect(attachment.bytes == Array("%PDF-1.4".utf8))
  case .failure(let problem): #expect((problem as? Diagnostic)?.code == code)
  }
}

@Test func anotherDigestIsRefused() {
  let claim = Attachment.Claim(
    fileName: "a.txt", mediaType: "text/plain", size: 1, digest: String(repeating: "0", count: 64))
  let problem = #expect(throws: Diagnostic.self) {
    _ = try Attachment(base64: "YQ==", claim: claim, at: nil)
  }
  #expect(problem?.code == "DOSS012")
}

@Test(arguments: [
  ("<a id='x'><b id='y'/></a>", 0), ("<a id='x'><b id='x'/></a>", 1),
  ("<a id='x'><b id=' x '/></a>", 1), ("<a id='x'><b xml:id='x'/></a>", 1),
  ("<a id='x'><b Id='x'/></a>", 1), ("<a id='x'><b name='x'/></a>", 0),
  ("<a id='x'><b id='x'><c id='x'/></b></a>", 2),
])
func identifiersAreUnique(_ document: String, _ count: Int) throws {
  let problems = Identifiers.problems(in: try Element(parsing: Array(document.utf8), file: "a"))
  #expect(problems.map(\.code) == Array(repeating: "DOSS001", count: count))
}

/// What others sealed: our canonical form without the signature has the digest that theirs had.
@Test(arguments: [
  "ok-05-sealed.xml", "ok-06-sealed-crlf.xml", "ok-53-single-quotes-attr-order.xml",
])
func canonicalFormHasTheSealedDigest(_ name: String) throws {
  guard let url = try Corpus.url("bad-xml/ok/\(name)") else { return }
  let signature = ElementName("Signature", in: "http://www.w3.org/2000/09/xmldsig#")
  let tree = try XMLTree(parsing: Array(Data(contentsOf: url)), file: name)
  let reference = try tree.root().required("Signature", in: signature.namespace)
    .required("SignedInfo").required("Reference")
  let digest = Digest(of: try tree.canonical(leavingOut: signature))
  #expect(Base64.decode(try reference.required("DigestValue").text) == digest.bytes)
}
