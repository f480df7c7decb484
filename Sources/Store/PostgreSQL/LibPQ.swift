internal import Diagnostics
internal import Foundation

/// The functions of libpq 14 or newer that we call, from the library of the machine.
///
/// It is loaded when the first PostgreSQL store is opened: it brings 25 libraries with it, which nobody else should pay for.
struct LibPQ: @unchecked Sendable {  // plain addresses of C functions, never changed
  typealias Connection = OpaquePointer
  typealias Result = OpaquePointer
  typealias Texts = UnsafePointer<UnsafePointer<CChar>?>

  let connect: @convention(c) (UnsafePointer<CChar>) -> Connection?
  let status: @convention(c) (Connection?) -> Int32
  let finish: @convention(c) (Connection?) -> Void
  let socket: @convention(c) (Connection?) -> Int32
  let silence:
    @convention(c) (
      Connection?, @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?) -> Void,
      UnsafeMutableRawPointer?
    ) -> UnsafeRawPointer?
  let execute: @convention(c) (Connection?, UnsafePointer<CChar>) -> Result?
  let prepare:
    @convention(c) (
      Connection?, UnsafePointer<CChar>, UnsafePointer<CChar>, Int32, UnsafePointer<UInt32>?
    ) -> Result?
  let enterPipeline: @convention(c) (Connection?) -> Int32
  let sendPrepared:
    @convention(c) (
      Connection?, UnsafePointer<CChar>, Int32, Texts?, UnsafePointer<Int32>?,
      UnsafePointer<Int32>?, Int32
    ) -> Int32
  let endPipeline: @convention(c) (Connection?) -> Int32
  let nextResult: @convention(c) (Connection?) -> Result?
  let leavePipeline: @convention(c) (Connection?) -> Int32
  let resultStatus: @convention(c) (Result?) -> Int32
  let errorField: @convention(c) (Result?, Int32) -> UnsafePointer<CChar>?
  let rowCount: @convention(c) (Result?) -> Int32
  let columnCount: @convention(c) (Result?) -> Int32
  let columnName: @convention(c) (Result?, Int32) -> UnsafePointer<CChar>?
  let columnType: @convention(c) (Result?, Int32) -> UInt32
  let isNull: @convention(c) (Result?, Int32, Int32) -> Int32
  let length: @convention(c) (Result?, Int32, Int32) -> Int32
  let value: @convention(c) (Result?, Int32, Int32) -> UnsafePointer<UInt8>?
  let changedRows: @convention(c) (Result?) -> UnsafePointer<CChar>?
  let clear: @convention(c) (Result?) -> Void
  let consumeInput: @convention(c) (Connection?) -> Int32
  let notification: @convention(c) (Connection?) -> UnsafeMutableRawPointer?
  let freeMemory: @convention(c) (UnsafeMutableRawPointer?) -> Void

  /// `CONNECTION_OK`, `PGRES_COMMAND_OK`, `PGRES_TUPLES_OK`, `PGRES_PIPELINE_ABORTED`, `PG_DIAG_SQLSTATE` of `libpq-fe.h`.
  static let isConnected: Int32 = 0
  static let isDone: Int32 = 1
  static let hasRows: Int32 = 2
  static let isSkipped: Int32 = 11
  static let stateField: Int32 = 67

  private static let loaded = Swift.Result { try LibPQ() }

  /// The library, loaded once.
  ///
  /// - Throws: `STORE013` when the machine has none.
  static func shared() throws -> LibPQ { try loaded.get() }

  private init() throws {
    guard let library = dlopen("libpq.so.5", RTLD_NOW) else { throw Diagnostic("STORE013") }
    func function<Function>(_ name: String, as _: Function.Type = Function.self) throws -> Function
    {
      guard let address = dlsym(library, name) else { throw Diagnostic("STORE013") }
      return unsafeBitCast(address, to: Function.self)
    }
    connect = try function("PQconnectdb")
    status = try function("PQstatus")
    finish = try function("PQfinish")
    socket = try function("PQsocket")
    silence = try function("PQsetNoticeProcessor")
    execute = try function("PQexec")
    prepare = try function("PQprepare")
    enterPipeline = try function("PQenterPipelineMode")
    sendPrepared = try function("PQsendQueryPrepared")
    endPipeline = try function("PQpipelineSync")
    nextResult = try function("PQgetResult")
    leavePipeline = try function("PQexitPipelineMode")
    resultStatus = try function("PQresultStatus")
    errorField = try function("PQresultErrorField")
    rowCount = try function("PQntuples")
    columnCount = try function("PQnfields")
    columnName = try function("PQfname")
    columnType = try function("PQftype")
    isNull = try function("PQgetisnull")
    length = try function("PQgetlength")
    value = try function("PQgetvalue")
    changedRows = try function("PQcmdTuples")
    clear = try function("PQclear")
    consumeInput = try function("PQconsumeInput")
    notification = try function("PQnotifies")
    freeMemory = try function("PQfreemem")
  }
}
