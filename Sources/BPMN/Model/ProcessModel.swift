public import DMN
import Diagnostics
public import XML

/// One `.bpmn` file, read: its processes, pools and pictures, whether or not the engine runs them.
///
/// The original bytes stay with the caller; `root` is the file as a tree, so nothing of it is lost.
public struct ProcessModel: Sendable {
  public let file: String
  public let id: String
  public let name: String
  public let metadata: DefinitionMetadata
  public let processes: [ModelProcess]
  public let collaborations: [Collaboration]
  public let diagrams: [DiagramPlane]
  /// Messages, errors, signals, escalations: the names that events refer to.
  public let references: RootElements
  public let root: Element

  /// What was odd while reading; part of `lint`.
  let readingProblems: [Diagnostic]

  /// Reads a file in any encoding libxml2 knows, with any prefixes.
  ///
  /// What the engine cannot run is read and kept; `lint` names it.
  /// - Throws: `XML0xx` for text that is not XML, `BPMN101` for XML that is not BPMN.
  public init(parsing bytes: [UInt8], file: String) throws {
    try self.init(Element(parsing: bytes, file: file, limits: .definition), file: file)
  }

  /// Reads a tree that was parsed before.
  ///
  /// - Throws: `BPMN101` when `root` is not `definitions` of BPMN 2.0.
  public init(_ root: Element, file: String) throws {
    guard root.name == "definitions", root.namespace == Namespace.bpmn else {
      throw Diagnostic("BPMN101", ["element": root.name], at: root.location)
    }
    var reader = ModelReader(root)
    self.file = file
    self.root = root
    id = root["id"] ?? ""
    name = root["name"] ?? ""
    metadata = reader.metadata(root)
    processes = root.children("process").map { reader.process($0) }
    collaborations = root.children("collaboration").map { reader.collaboration($0) }
    diagrams = root.children("BPMNDiagram", in: Namespace.diagram).compactMap {
      reader.diagram($0)
    }
    references = reader.references
    readingProblems = reader.problems
  }

  /// The process with this id.
  public func process(_ id: String) -> ModelProcess? { processes.first { $0.id == id } }
}

/// The namespaces of a BPMN file.
enum Namespace {
  static let bpmn = "http://www.omg.org/spec/BPMN/20100524/MODEL"
  static let diagram = "http://www.omg.org/spec/BPMN/20100524/DI"
  static let coordinates = "http://www.omg.org/spec/DD/20100524/DC"
  static let edges = "http://www.omg.org/spec/DD/20100524/DI"
  static let zeebe = "http://camunda.org/schema/zeebe/1.0"
  static let definition = "urn:msec:definition:1"
  static let bioColor = "http://bpmn.io/schema/bpmn/biocolor/1.0"
  static let omgColor = "http://www.omg.org/spec/BPMN/non-normative/color/1.0"
}

/// What events refer to by id (BPMN 2.0.2, root elements).
public struct RootElements: Hashable, Sendable {
  /// A named code: of an error or an escalation.
  public struct Code: Hashable, Sendable {
    public let id: String
    public let name: String
    public let code: ModelExpression?
  }

  /// A signal.
  public struct Signal: Hashable, Sendable {
    public let id: String
    public let name: ModelExpression?
  }

  public var messages: [String: MessageDefinition] = [:]
  public var errors: [String: Code] = [:]
  public var escalations: [String: Code] = [:]
  public var signals: [String: Signal] = [:]
}
