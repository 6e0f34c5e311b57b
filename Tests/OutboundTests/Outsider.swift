// A real server beside the test, in Python: it prints its port, and then a line for each thing that it took. And a certificate to show.
import Foundation
import Programs

/// Runs as long as the test holds it.
final class Outsider {
    let port: UInt16
    private let process = Process()
    private let lines: FileHandle
    private var rest = Data()

    init(_ script: String, _ options: [String]) throws {
        let input = Pipe(), output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = [URL(filePath: #filePath).deletingLastPathComponent().appending(path: script).path] + options
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        lines = output.fileHandleForReading
        try process.start()
        guard let line = Self.nextLine(of: lines, &rest), let port = UInt16(line) else { throw NoServer() }
        self.port = port
    }
    struct NoServer: Error {}

    deinit { process.terminate() }

    /// What it took next; waits for it.
    func next<Taken: Decodable>(_: Taken.Type = Taken.self) throws -> Taken {
        guard let line = Self.nextLine(of: lines, &rest) else { throw NoServer() }
        return try JSONDecoder().decode(Taken.self, from: Data(line.utf8))
    }

    private static func nextLine(of lines: FileHandle, _ rest: inout Data) -> String? {
        while true {
            if let end = rest.firstIndex(of: 10) {
                defer { rest = Data(rest[rest.index(after: end)...]) }
                return String(decoding: rest[..<end], as: UTF8.self)
            }
            let more = lines.availableData
            guard !more.isEmpty else { return nil }
            rest += more
        }
    }
}

/// A certificate for `localhost` that signs itself, made once for all tests.
enum Certificate {
    static let folder = FileManager.default.temporaryDirectory.appending(path: "voffice-certificate-\(UUID().uuidString)")
    static let made: (certificate: String, key: String) = {
        try! FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let (certificate, key) = (folder.appending(path: "certificate.pem").path, folder.appending(path: "key.pem").path)
        let openssl = Process()
        openssl.executableURL = URL(filePath: "/usr/bin/openssl")
        openssl.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate,
        ]
        openssl.standardError = FileHandle.nullDevice
        try! openssl.start()
        openssl.waitUntilExit()
        return (certificate, key)
    }()
}
