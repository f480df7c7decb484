import Dossier
import Foundation
import TestSupport
import Testing

/// Damaged messages never stop the program, and no layer contradicts another.
@Test func damagedMessagesNeverStopTheProgram() throws {
  let target = try DossierFuzzTarget(checkout: Corpus.checkout)
  let folder = Corpus.checkout.appending(path: "Samples")
  let seeds = try [
    "dossiers/referral/good/quliyev-coxarthrosis", "dossiers/notice/good/moved",
    "dossiers/appeal/good/quliyev-percent", "cda/good/complete", "cda/good/child-incomplete",
  ]
  .map { Array(try Data(contentsOf: folder.appending(path: "\($0).xml"))) }
  var numbers = SeededNumbers(seed: 20_260_304)
  for round in 0..<500 {
    var bytes = seeds[round % seeds.count]
    for _ in 0...numbers.next(below: 4) {
      let place = numbers.next(below: bytes.count)
      let end = min(bytes.count, place + numbers.next(below: 60))
      switch numbers.next(below: 4) {
      case 0: bytes.remove(at: place)
      case 1: bytes[place] = UInt8(numbers.next(below: 128))
      case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
      default: bytes.removeSubrange(place..<end)
      }
      if bytes.isEmpty { bytes = [32] }
    }
    target.run(bytes)
  }
}

/// What the fuzzer has found.
@Test func foundMessagesNeverStopTheProgram() throws {
  let target = try DossierFuzzTarget(checkout: Corpus.checkout)
  let folder = Corpus.checkout.appending(path: "Tests/Fuzz/Dossier/Found")
  for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
    target.run(Array(try Data(contentsOf: folder.appending(path: name))))
  }
}
