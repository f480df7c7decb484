import Commission
import Foundation
import TestSupport
import Testing

@testable import Store

/// Texts come out of their seals as they went in: short ones, long ones that are packed, and those of older stores.
struct SealedContentTests {
  private let key: SealingKey

  init() throws {
    let path = NSTemporaryDirectory() + "sealed-\(UUID().uuidString).key"
    defer { try? FileManager.default.removeItem(atPath: path) }
    key = try Keyring.new("case/07-2026-000001", wrappedBy: KeyFile.orNew(path: path).current).key
  }

  @Test func everyTextComesBack() throws {
    var random = SeededNumbers(seed: 11)
    let words = ["{\"event\":\"entered\"}", "Məmmədov", "ğışİ", "0", "\u{0}", "\n"]
    for length in [0, 1, 17, 1000, 1023, 1024, 1025, 8192, 8193, 100_000] {
      for start in ["", "\u{1}", "\u{2}", "é"] {
        var text = start
        while text.utf8.count < length { text += words[random.next(below: words.count)] }
        #expect(key.open(key.seal(text, at: "a"), at: "a") == text, "\(length) bytes")
        #expect(key.open(key.seal(text, at: "a"), at: "b") == nil)
        for reason in [nil, "", "səbəb: 1", String(repeating: "x", count: 3000)] as [String?] {
          let content = try RecordContent(
            sealedText: RecordContent(reason: reason, payload: text).sealedText)
          #expect(content.reason == reason)
          #expect(content.payload == text)
        }
      }
    }
  }

  @Test func aLongTextIsSealedShort() {
    let text = String(repeating: "{\"scope\":96,\"variables\":{}}", count: 1000)
    #expect(key.seal(text, at: "a").utf8.count < text.utf8.count / 10)
  }

  @Test func contentOfAnOlderStoreIsRead() throws {
    let plain = try RecordContent(sealedText: #"{"payload":"[{\"opened\":1}]"}"#)
    #expect(plain.reason == nil)
    #expect(plain.payload == #"[{"opened":1}]"#)
    let reasoned = try RecordContent(sealedText: #"{"payload":"x","reason":"ğ"}"#)
    #expect(reasoned.reason == "ğ")
    #expect(reasoned.payload == "x")
    #expect(throws: DecodingError.self) { try RecordContent(sealedText: "what is that") }
  }
}
