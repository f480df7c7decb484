/// What can stand inside an element, in file order.
public enum Node: Hashable, Sendable {
  case element(Element)
  case text(String)
  case cdata(String)
  case comment(String)
  case processingInstruction(target: String, data: String)
}
