// swift-tools-version: 6.2
// The rooms of the house and the arrows between them. An arrow points down this list only;
// `scripts/arrows.py` refuses any other, and so does the build where nothing else leads there.
import PackageDescription

let language: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// A room of pure Swift: strict memory safety.
func room(_ name: String, _ below: [String] = []) -> Target {
    .target(
        name: name, dependencies: below.map { .init(stringLiteral: $0) },
        swiftSettings: language + [.strictMemorySafety()])
}

/// A room that speaks to one C library and hides it from all others.
func room(_ name: String, _ below: [String] = [], over libraries: [String]) -> Target {
    .target(
        name: name, dependencies: (below + libraries).map { .init(stringLiteral: $0) },
        swiftSettings: language)
}

extension Target {
    /// A room that reckons, for which the tests of every other room wait: `scripts/test.py` has it optimised in the debug build too, which
    /// takes that build a minute and the tests ten.
    func busy() -> Target {
        if Context.environment["TESTED_VOFFICE"] != nil { swiftSettings?.append(.unsafeFlags(["-O"], .when(configuration: .debug))) }
        return self
    }
}

func library(_ name: String, pkgConfig: String? = nil, apt: String) -> Target {
    .systemLibrary(name: name, path: "Sources/C/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func tests(_ name: String, of rooms: [String], beside files: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: rooms.map { .init(stringLiteral: $0) }, exclude: files,
        swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")])
}

let package = Package(
    name: "voffice",
    targets: [
        library("CSodium", pkgConfig: "libsodium", apt: "libsodium-dev"),
        library("CNettle", pkgConfig: "nettle", apt: "nettle-dev"),
        library("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
        library("CPostgres", pkgConfig: "libpq", apt: "libpq-dev"),
        library("CMicrohttpd", pkgConfig: "libmicrohttpd", apt: "libmicrohttpd-dev"),
        library("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
        library("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
        library("CZip", pkgConfig: "libzip", apt: "libzip-dev"),
        library("CGMime", apt: "libgmime-3.0-dev"),
        library("CGLib", apt: "libglib2.0-dev"),
        library("COath", pkgConfig: "liboath", apt: "liboath-dev"),
        library("CFido", pkgConfig: "libfido2", apt: "libfido2-dev"),
        library("CQRencode", pkgConfig: "libqrencode", apt: "libqrencode-dev"),
        library("CMark", pkgConfig: "libcmark-gfm", apt: "libcmark-gfm-dev"),

        room("Crypto", over: ["CSodium", "CNettle", "CGLib", "COath"]).busy(),
        room("Passkeys", ["Crypto"], over: ["CFido"]),
        room("TransparencyLog", ["Crypto"]),
        room("Zones", over: ["CGLib"]),
        room("JSON"),
        room("Zip", over: ["CZip"]),
        room("Markdown", over: ["CMark"]),
        room("Policy", ["Markdown", "Crypto"]).busy(),
        room("Store", over: ["CSQLite", "CPostgres"]),
        room("Vault", ["Policy", "TransparencyLog", "Store", "Crypto", "JSON"]),
        room("SMTP", over: ["CCurl", "CGMime"]),
        room("WebClient", over: ["CCurl"]),
        room("Outbound", ["Vault", "Store", "Policy", "Crypto", "JSON", "SMTP", "WebClient"]),
        room("Office", ["Vault", "Passkeys", "Outbound", "Store", "Zones", "Policy", "TransparencyLog", "Crypto"]),
        room("HTML"),
        room("QR", over: ["CQRencode"]),
        room("HTTP", ["Crypto"], over: ["CMicrohttpd", "CZlib"]).busy(),
        room("Site", ["Office", "QR", "HTML", "HTTP", "JSON", "Zip", "Vault", "Policy", "TransparencyLog", "Crypto"]),
        .executableTarget(
            name: "voffice",
            dependencies: [
                "Site", "Office", "HTTP", "Store", "Vault", "Policy", "Outbound", "SMTP", "WebClient", "TransparencyLog", "Crypto", "JSON",
                "Zones",
            ],
            swiftSettings: language + [.strictMemorySafety()]),
        .executableTarget(
            name: "voffice-verify", dependencies: ["TransparencyLog", "Crypto", "JSON", "Zip"], path: "Sources/verify",
            swiftSettings: language + [.strictMemorySafety()]),
        .executableTarget(
            name: "PolicyBench", dependencies: ["Policy"], path: "bench/PolicyBench", swiftSettings: language),
        .executableTarget(
            name: "VaultBench", dependencies: ["Vault", "Store", "Policy", "Crypto", "TransparencyLog", "JSON"], path: "bench/VaultBench",
            swiftSettings: language),
        .executableTarget(
            name: "PolicyHistories", dependencies: ["Policy"], path: "Tests/Histories", swiftSettings: language),
        .executableTarget(
            name: "PolicyMutation", dependencies: ["Policy"], path: "Tests/Mutation/PolicyMutation", swiftSettings: language),

        tests("CryptoTests", of: ["Crypto"]),
        tests("PasskeyTests", of: ["Passkeys", "Crypto"]),
        tests("TransparencyLogTests", of: ["TransparencyLog", "Crypto"]),
        tests("PolicyTests", of: ["Policy", "Markdown", "Crypto"]).busy(),
        // The engine that tests run on, and a database for each.
        .target(name: "Engines", dependencies: ["Store", "CPostgres"], path: "Tests/Engines", swiftSettings: language),
        // Other programs beside a test, begun one after the other.
        .target(name: "Programs", path: "Tests/Programs", swiftSettings: language),

        tests("StoreTests", of: ["Store", "Engines"]),
        tests("VaultTests", of: ["Vault", "Store", "Policy", "Crypto", "TransparencyLog", "Engines"]),
        tests(
            "OfficeTests",
            of: ["voffice", "COath", "Office", "Zones", "Outbound", "Vault", "Store", "Policy", "Crypto", "TransparencyLog", "Engines"]),
        tests("OutboundTests", of: ["Outbound", "SMTP", "WebClient", "Store", "Programs"], beside: ["smtpd.py", "gateway.py"]),
        tests("HTMLTests", of: ["HTML"]),
        tests("HTTPTests", of: ["HTTP", "Programs"]),
        tests("SiteTests", of: ["Site", "HTTP", "Office", "Outbound", "Vault", "Store", "Policy", "Crypto", "Engines", "Zones"]),
    ])
