/// The number of one element instance, subscription, message or incident of a case.
///
/// Keys are handed out by `ProcessState` in the order things happen, from 1: the same commands give the same keys.
public struct ElementKey: Hashable, Comparable, Sendable, Codable, ExpressibleByIntegerLiteral,
  CustomStringConvertible
{
  public let value: Int

  public init(_ value: Int) { self.value = value }

  public init(integerLiteral value: Int) { self.value = value }

  public init(from decoder: any Decoder) throws {
    value = try decoder.singleValueContainer().decode(Int.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }

  public static func < (left: ElementKey, right: ElementKey) -> Bool { left.value < right.value }

  public var description: String { String(value) }
}
