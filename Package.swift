// swift-tools-version: 6.2
import PackageDescription

/// Every target is built alike: Swift 6 language mode, and a warning is an error.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// The program that is installed carries Swift's library: it runs where no Swift is, and its calls of the library take no detour (measured:
/// 6% more requests). The two libraries named are what FoundationEssentials leans on, which ArgumentParser imports: built for the shared
/// library, it does not name them itself.
let selfContained: [LinkerSetting] = [
    .unsafeFlags(["-static-stdlib", "-l_FoundationCShims", "-l_FoundationCollections"], .when(configuration: .release))
]

/// A room of the house. A target exists only where it forbids an import, so `dependencies` is the whole list of what it may name.
func room(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target {
    .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

let package = Package(
    name: "scriptorium",
    products: [.executable(name: "scriptorium", targets: ["scriptorium"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    ],
    targets: [
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CSodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),

        room("Domain"),
        room("Store", ["Domain", "CSQLite"]),
        room("HTTP", ["CLinux"]),
        room("Secrets", ["CSodium"], resources: [.embedInCode("Data/common-passwords.txt")]),
        room("TikTok", ["Domain", "CCurl"]),
        room("Worker", ["Domain", "Store", "Secrets", "TikTok", .product(name: "Logging", package: "swift-log")]),
        room("Sandbox", ["HTTP"], resources: [.embedInCode("PhraseBooks")]),
        room("Web", ["Domain", "Store", "Secrets", "HTTP", "CZlib"]),
        .executableTarget(
            name: "scriptorium",
            dependencies: [
                "Domain", "Store", "HTTP", "Secrets", "TikTok", "Worker", "Sandbox", "Web", "CLinux",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Sources/App",
            swiftSettings: strict,
            linkerSettings: selfContained),
        .executableTarget(
            name: "bench",
            // The program is what is measured: it is built with the target, not linked.
            dependencies: [
                "scriptorium", "Domain", "Store", "CLinux", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Sources/Bench",
            swiftSettings: strict),

        tests("DomainTests", ["Domain"]),
        tests("StoreTests", ["Store", "Domain", "CSQLite"]),
        tests("SecretsTests", ["Secrets"]),
        tests("HTTPTests", ["HTTP", "CLinux"]),
        tests("TikTokTests", ["TikTok", "Domain", "HTTP"]),
        tests("SandboxTests", ["Sandbox", "HTTP"], resources: [.copy("Vectors")]),
        tests(
            "WorkerTests",
            ["Worker", "Store", "Domain", "TikTok", "Secrets", "Sandbox", "HTTP", .product(name: "Logging", package: "swift-log")]),
        tests("WebTests", ["Web", "Domain", "HTTP", "Secrets", "Store", "CZlib"]),
        tests("EndToEndTests", ["scriptorium", "Store", "CSQLite"]),
    ]
)
