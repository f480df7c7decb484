internal import Diagnostics

/// Exit codes of `mse`, after sysexits (`mse help exit-codes`).
enum ExitCodes {
  static let findings: Int32 = 2
  static let data: Int32 = 65
  static let notFound: Int32 = 66
  static let unavailable: Int32 = 69
  static let cannotCreate: Int32 = 73
  static let tryAgain: Int32 = 75
  static let notAllowed: Int32 = 77
  static let notConfigured: Int32 = 78

  /// The code that a refusal ends with; refused data where nothing else is said.
  static func code(for problem: Diagnostic) -> Int32 {
    switch problem.code {
    case "AUDIT001", "CASE011", "CASE017", "CASE022", "CASE028", "CASE041", "CASE044", "CASE046",
      "CASE047", "CASE048", "DOSS065", "DOSS068", "DOSS083", "FORM162", "PAPER003", "PAPER004",
      "REG001", "TASK001", "USER001", "USE001", "USE026":
      notFound
    case "STORE006", "STORE010", "STORE014": unavailable
    case "STORE002", "STORE008", "STORE015", "USE002": cannotCreate
    case "STORE001", "STORE009", "TASK002", "TASK003": tryAgain
    case "DOSS066", "TASK004", "TASK005", "TASK010", "TASK011", "TASK014", "USER002", "USER003",
      "USER004", "USER014":
      notAllowed
    case "STORE003", "STORE005", "STORE007", "STORE013", "STORE020", "STORE021", "DOSS073",
      "CAL012", "USER010":
      notConfigured
    case "STORE004", "STORE011", "STORE012": 1
    case "STORE017", "USE003", "USE004", "USE005", "USE009", "USE010", "USE012", "USE013",
      "USE014", "USE015", "USE016", "USE017", "USE018", "USE019", "USE020", "USE021", "USE022",
      "USE023", "USE024", "USE025", "CASE042", "SIM001", "SIM007":
      64
    default: data
    }
  }
}
