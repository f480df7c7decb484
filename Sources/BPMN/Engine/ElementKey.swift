public import FEEL

/// The number of one element instance, subscription, message or incident of a case.
///
/// Keys are handed out by `ProcessState` in the order things happen, from 1: the same commands give the same keys.
public struct ElementKey: Hashable, Comparable, Sendable, ExpressibleByIntegerLiteral,
  CustomStringConvertible
{
  public let value: Int

  public init(_ value: Int) { self.value = value }

  public init(integerLiteral value: Int) { self.value = value }

  public static func < (left: ElementKey, right: ElementKey) -> Bool { left.value < right.value }

  public var description: String { String(value) }
}

extension ElementKey: JSONStored {
  public static func stored(_ value: ElementKey?, in json: inout JSONCoder) throws -> ElementKey {
    ElementKey(try Int.stored(value?.value, in: &json))
  }
}
