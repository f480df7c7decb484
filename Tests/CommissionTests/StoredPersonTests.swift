import Commission
import FEEL
import Foundation
import Testing

struct StoredPersonTests {
  private static let text =
    #"{"cases":["07-2026-000002"],"diedOn":"2026-03-05","endedByDeath":[{"caseNumber":"07-2026-000002","#
    + #""decision":"07-2026-decision-5","from":"2026-01-10","percent":70}],"#
    + #""identifier":"p-1","identity":{"c":["lastName","Əliyev/ğ","age",{"n":"52"}]},"#
    + #""papers":[{"decision":"07-2026-decision-5","issuedOn":"2026-01-12","number":"S-1","replaces":"S-0","#
    + #""since":"2026-03-05","status":"withdrawn"}],"#
    + #""periods":[{"band":"61-80","cause":"illness","decision":"07-2026-decision-5","from":"2026-01-10","#
    + #""group":"II","to":"2026-03-05"}]}"#

  /// The form has not changed since stores were first written: that of Foundation.
  @Test(arguments: [text, #"{"cases":[],"identifier":"p-2","identity":{"c":[]},"periods":[]}"#])
  func aPersonIsStoredAsEver(_ text: String) throws {
    let person = try Person(storedText: text)
    #expect(try person.storedText() == text)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    #expect(try String(decoding: encoder.encode(person), as: UTF8.self) == text)
    #expect(try JSONDecoder().decode(Person.self, from: Data(text.utf8)) == person)
  }
}
