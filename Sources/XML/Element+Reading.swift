import Diagnostics

extension Element {
  /// The value of an attribute without namespace; `nil` when it is not there.
  public subscript(_ attribute: String) -> String? {
    self[attribute, in: ""]
  }

  /// The value of an attribute in `namespace` (empty: none); `nil` when it is not there.
  public subscript(_ attribute: String, in namespace: String) -> String? {
    if let unopened { return unopened.attribute(attribute, in: namespace) }
    let attributes = attributes
    for index in attributes.indices
    where attributes[index].name == attribute && attributes[index].namespace == namespace {
      return attributes[index].value
    }
    return nil
  }

  /// The value of an attribute without namespace that must be there.
  ///
  /// - Throws: `XML031` with the line of this element when it is missing.
  public func attribute(_ name: String) throws -> String {
    guard let value = self[name] else {
      throw Diagnostic("XML031", ["element": self.name, "name": name], at: location)
    }
    return value
  }

  /// The elements directly inside this one, in file order.
  public var elements: [Element] {
    children.compactMap { if case .element(let element) = $0 { element } else { nil } }
  }

  /// The elements called `name` directly inside this one.
  ///
  /// - Parameter namespace: `nil` means the namespace of this element.
  public func children(_ name: String, in namespace: String? = nil) -> [Element] {
    let namespace = namespace ?? self.namespace
    if let unopened { return unopened.children(name, in: namespace).map(Element.init) }
    var result: [Element] = []
    for index in children.indices where children[index].isElement(name, in: namespace) {
      if case .element(let element) = children[index] { result.append(element) }
    }
    return result
  }

  /// The first element called `name` directly inside this one.
  ///
  /// - Parameter namespace: `nil` means the namespace of this element.
  public func child(_ name: String, in namespace: String? = nil) -> Element? {
    let namespace = namespace ?? self.namespace
    if let unopened { return unopened.child(name, in: namespace).map(Element.init) }
    for index in children.indices where children[index].isElement(name, in: namespace) {
      if case .element(let element) = children[index] { return element }
    }
    return nil
  }

  /// The first element called `name` directly inside this one, which must be there.
  ///
  /// - Parameter namespace: `nil` means the namespace of this element.
  /// - Throws: `XML032` with the line of this element when it is missing.
  public func required(_ name: String, in namespace: String? = nil) throws -> Element {
    guard let element = child(name, in: namespace) else {
      throw Diagnostic("XML032", ["element": self.name, "name": name], at: location)
    }
    return element
  }

  /// All text and CDATA below this element, concatenated; comments never split or hide it.
  public var text: String {
    if let text = unopened?.onlyText { return text }
    if children.count == 1, case .text(let text) = children[0] { return text }
    var result = ""
    appendText(to: &result)
    return result
  }

  private func appendText(to result: inout String) {
    for node in children {
      switch node {
      case .text(let text), .cdata(let text): result += text
      case .element(let element): element.appendText(to: &result)
      case .comment, .processingInstruction: break
      }
    }
  }
}

extension Node {
  /// Looks at the element where it lies, without taking it out.
  fileprivate func isElement(_ name: String, in namespace: String) -> Bool {
    guard case .element(let element) = self else { return false }
    return element.name == name && element.namespace == namespace
  }
}
