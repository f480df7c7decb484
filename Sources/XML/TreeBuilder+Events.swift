import CXML

extension TreeBuilder {
  /// The functions libxml2 calls; their user data is a pointer to the builder.
  static var handler: xmlSAXHandler {
    var handler = xmlSAXHandler()
    handler.startElementNs = { user, name, prefix, uri, spaceCount, spaces, count, _, attributes in
      TreeBuilder.with(user) {
        $0.start(
          name, prefix: prefix, uri: uri,
          declarations: UnsafeMutableBufferPointer(start: spaces, count: 2 * Int(spaceCount)),
          attributes: UnsafeMutableBufferPointer(start: attributes, count: 5 * Int(count)))
      }
    }
    handler.endElementNs = { user, _, _, _ in TreeBuilder.with(user) { $0.end() } }
    handler.characters = { user, bytes, count in
      TreeBuilder.with(user) {
        $0.characters(UnsafeBufferPointer(start: bytes, count: Int(count)), isCDATA: false)
      }
    }
    handler.ignorableWhitespace = handler.characters
    handler.cdataBlock = { user, bytes, count in
      TreeBuilder.with(user) {
        $0.characters(UnsafeBufferPointer(start: bytes, count: Int(count)), isCDATA: true)
      }
    }
    handler.comment = { user, content in TreeBuilder.with(user) { $0.comment(content) } }
    handler.processingInstruction = { user, target, data in
      TreeBuilder.with(user) { $0.instruction(target, data) }
    }
    handler.internalSubset = { user, _, _, _ in TreeBuilder.with(user) { $0.documentType() } }
    return handler
  }

  private static func with(
    _ user: UnsafeMutableRawPointer?, _ body: (inout TreeBuilder) -> Void
  ) {
    guard let user else { return }
    body(&user.assumingMemoryBound(to: TreeBuilder.self).pointee)
  }

  /// Parses the scanned bytes; what the schema finds is in `problems` afterwards.
  ///
  /// - Returns: whether they are valid, and what the parser reported.
  mutating func read(_ bytes: [UInt8], schema: xmlSchemaPtr?) -> (isValid: Bool, reports: [Report])
  {
    var handler = Self.handler
    let (result, reports) = withUnsafeMutablePointer(to: &self) { builder in
      LibXML2.collecting { parsing in
        var validating = cxml_sink(
          report: { user, problem in
            guard let problem = problem?.pointee, let message = problem.message else { return }
            TreeBuilder.with(user) { $0.report(Int(problem.code), String(cString: message)) }
          }, user: builder)
        return bytes.withUnsafeBufferPointer {
          cxml_read(
            $0.baseAddress, Int32($0.count), &handler, builder, schema, parsing, &validating)
        }
      }
    }
    flush()
    return (result == 1, reports)
  }
}
