import Diagnostics
import Foundation
import TestSupport
import Testing
import XML

@testable import XForms

/// A document of the small form, and the ways to spoil it.
private let good = """
  <demo xmlns="urn:msec:form:demo:1" version="1.2"><issued>2024-05-15</issued><person>\
  <surname>Əliyeva</surname><fin>5ABCDE1</fin><birthDate>1980-05-17</birthDate></person>\
  <purposes codeSystem="demo.purposes" codeSystemVersion="1.2" display="İlkin; Proqram">first program</purposes>\
  <diagnoses><role codeSystem="demo.role" codeSystemVersion="1.2" display="Əsas">main</role>\
  <chapter codeSystem="demo.chapter" codeSystemVersion="1.2" display="Qan dövranı">i</chapter>\
  <icd codeSystem="icd-10" codeSystemVersion="2019" display="Hipertoniya, birincili">I10</icd>\
  <percent>60</percent></diagnoses><total>60</total></demo>
  """

@Test func schemaOfTheSmallForm() throws {
  let schema = String(decoding: try Demo.form().schema(), as: UTF8.self)
  try Golden.check(schema, against: "demo.xsd", in: "Cases/forms")
}

@Test func goodDocumentIsAcceptedByBoth() throws {
  #expect(try schemaProblems(good).isEmpty)
  #expect(try readProblems(good).isEmpty)
}

/// - Note: the last flag says whether the schema alone can see it.
@Test(arguments: [
  ("5ABCDE1", "5ABCDI1", "FORM002", true), ("2024-05-15", "15.05.2024", "FORM005", true),
  ("1980-05-17", "1980-02-30", "FORM006", true), ("<percent>60", "<percent>101", "FORM002", true),
  ("<percent>60", "<percent>1e1", "FORM004", true), (">main<", ">mian<", "FORM009", true),
  ("first program", "first repeat", "FORM002", false), (">I10<", ">M17.0<", "FORM016", false),
  ("2024-05-15", "2024-05-16", "FORM002", false), ("<total>60", "<total>61", "FORM026", false),
  ("<fin>5ABCDE1</fin>", "", "FORM001", true),
  ("codeSystem=\"icd-10\"", "codeSystem=\"icd-11\"", "FORM024", false),
  ("<total>60</total>", "<total>60</total><more/>", "FORM019", true),
  ("</birthDate>", "</birthDate><guardian>X</guardian>", "FORM025", false),
])
func spoiledDocumentIsRefused(_ old: String, _ new: String, _ code: String, _ isSeenBySchema: Bool)
  throws
{
  let spoiled = good.replacingOccurrences(of: old, with: new)
  #expect(try readProblems(spoiled).contains { $0.code == code })
  #expect(try schemaProblems(spoiled).isEmpty != isSeenBySchema)
}

@Test func documentOfAnotherVersionIsRefused() throws {
  let other = good.replacingOccurrences(of: "version=\"1.2\"", with: "version=\"1.1\"")
  #expect(throws: Diagnostic.self) { try readProblems(other) }
}

private func readProblems(_ text: String) throws -> [Diagnostic] {
  let element = try Element(parsing: Array(text.utf8), file: "answers.xml")
  return try Answers.read(element, of: Demo.form(), now: Demo.now, language: "az").problems
}

private func schemaProblems(_ text: String) throws -> [Diagnostic] {
  let schema = try XMLSchema(compiling: Demo.form().schema(), file: "demo.xsd")
  let tree = try XMLTree(parsing: Array(text.utf8), file: "answers.xml", limits: .definition)
  return schema.problems(in: tree)
}
