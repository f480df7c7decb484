// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")

/// A test target: `Tests/<Name>Tests`, whose folders of cases are read by path and not compiled.
func tests(_ name: String, _ dependencies: [String], data: [String] = ["Cases"]) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: (dependencies + ["Diagnostics", "TestSupport"]).map { .byName(name: $0) },
    exclude: data, swiftSettings: strict)
}

/// Takes the place of the C library's `malloc`: a message is some 400 short-lived blocks, of the parser as of ours.
let allocator = LinkerSetting.linkedLibrary("mimalloc")

let package = Package(
  name: "mse",
  products: [
    .executable(name: "mse", targets: ["mse"]),
    .executable(name: "conformance", targets: ["conformance"]),
    .executable(name: "benchmark", targets: ["benchmark"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .target(name: "CXML", dependencies: ["CLibXML2"]),
    .target(name: "CEdit", linkerSettings: [.linkedLibrary("edit")]),
    .target(name: "CResources"),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "Diagnostics", swiftSettings: strict),
    .target(name: "XML", dependencies: ["CXML", "CLibXML2", "Diagnostics"], swiftSettings: strict),
    .target(
      name: "FEEL", dependencies: ["Diagnostics"], swiftSettings: strict),
    .target(name: "DMN", dependencies: ["Diagnostics", "FEEL", "XML"], swiftSettings: strict),
    .target(
      name: "BPMN", dependencies: ["Diagnostics", "DMN", "FEEL", "XML"],
      swiftSettings: strict),
    .target(
      name: "XForms", dependencies: ["Diagnostics", "FEEL", "XML"],
      swiftSettings: strict),
    .target(
      name: "Dossier", dependencies: ["Diagnostics", "XML", crypto], exclude: ["Schemas"],
      swiftSettings: strict),
    .target(
      name: "Commission",
      dependencies: [
        "BPMN", "CResources", "Diagnostics", "DMN", "Dossier", "FEEL", "XForms", "XML", crypto,
      ],
      exclude: ["Messages/az.json", "Messages/en.json", "Messages/ru.json"],
      swiftSettings: strict),
    .target(
      name: "Store",
      dependencies: ["Commission", "CZlib", "Diagnostics", "FEEL", crypto, grdb, sqlite],
      exclude: ["Migrations"], swiftSettings: strict),
    .target(
      name: "Simulation",
      dependencies: ["BPMN", "Commission", "Diagnostics", "Dossier", "FEEL", "XForms", "XML"],
      swiftSettings: strict),
    .executableTarget(
      name: "mse",
      dependencies: [
        "BPMN", "CEdit", "Commission", "Diagnostics", "DMN", "Dossier", "FEEL", "Simulation",
        "Store", "XForms", "XML", argumentParser, crypto,
      ], swiftSettings: strict, linkerSettings: [allocator]),

    .executableTarget(
      name: "conformance",
      dependencies: ["BPMN", "Diagnostics", "DMN", "Dossier", "FEEL", "XForms", "XML"],
      path: "Tests/Conformance", exclude: ["RESULTS.md", "reasons.txt"], swiftSettings: strict),
    .target(
      name: "CLimits", path: "Tests/CLimits", linkerSettings: [.linkedLibrary("sqlite3")]),
    .executableTarget(
      name: "benchmark",
      dependencies: [
        "BPMN", "CLimits", "Commission", "Diagnostics", "DMN", "Dossier", "FEEL", "Store",
        "TestSupport", "XForms", "XML",
      ],
      path: "Tests/Benchmark", exclude: ["RESULTS.md", "workloads.txt"], swiftSettings: strict,
      linkerSettings: [allocator]),
    .target(
      name: "CFaults", path: "Tests/CFaults", linkerSettings: [.linkedLibrary("sqlite3")]),
    .executableTarget(
      name: "load",
      dependencies: [
        "Commission", "Diagnostics", "Dossier", "FEEL", "Store", "TestSupport", "XForms", "XML",
      ],
      path: "Tests/Load", swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: ["Diagnostics"], path: "Tests/TestSupport",
      swiftSettings: strict),
    tests("XML", ["XML"]),
    tests("FEEL", ["FEEL"], data: ["Cases", "Oracle"]),
    tests("DMN", ["DMN", "FEEL", "XML"]),
    tests("BPMN", ["BPMN", "DMN", "FEEL", "XML"]),
    tests("XForms", ["FEEL", "XForms", "XML"]),
    tests("Dossier", ["Dossier", "FEEL", "XForms", "XML"], data: ["Cases", "Oracle"]),
    tests(
      "Commission",
      [
        "BPMN", "CFaults", "Commission", "DMN", "Dossier", "FEEL", "Simulation", "Store", "XForms",
        "XML",
      ],
      data: ["Cases", "Scenarios"]),
    tests("mse", ["Dossier", "FEEL", "XML"], data: ["Terminal", "Transcripts"]),
  ],
  swiftLanguageModes: [.v6]
)
