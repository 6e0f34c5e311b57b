// What is the same for everyone: in memory, named by its content, answered without copying.

import CMicrohttpd
import Glibc

/// One file or page in memory, with its ready responses.
public final class Asset: Sendable {
    /// A hash of the content, for `?v=` and the entity tag.
    public let version: String
    public let type: ContentType
    public let bytes: [UInt8]
    private let plain: Form
    /// For those who take gzip, where it is shorter.
    private let packed: Form?

    public var isCompressed: Bool { packed != nil }

    public enum Keeping: Sendable {
        /// A browser may keep it for good: its address changes with its content.
        case forGood
        /// A browser asks each time whether it is still the same.
        case asking
    }

    public init(_ bytes: [UInt8], _ type: ContentType, _ keeping: Keeping = .forGood, isSecure: Bool = false) {
        (self.bytes, self.type) = (bytes, type)
        let version = fingerprint(bytes)
        self.version = version
        let zipped = type.isCompressible ? gzipped(bytes) : nil
        var headers = Protection.headers + (isSecure ? [Protection.https] : [])
        switch keeping {
        case .forGood: headers.append(("Cache-Control", "public, max-age=31536000, immutable"))
        case .asking: headers.append(("Cache-Control", "private, no-cache"))
        }
        if zipped != nil { headers.append(("Vary", "Accept-Encoding")) }
        plain = Form(bytes, type, tag: "\"\(version)\"", headers)
        packed = zipped.map { Form($0, type, tag: "\"\(version)-gzip\"", headers, coding: "gzip") }
    }

    /// The answer to this request, and its status.
    func answer(to head: Head) -> (status: UInt16, response: OpaquePointer) {
        let form = head.acceptsGzip ? packed ?? plain : plain
        return head["if-none-match"] == form.tag ? (304, form.unchanged) : (200, form.full)
    }

    /// The content in one coding.
    private final class Form: @unchecked Sendable {
        let tag: String
        /// Owned; freed with the form.
        private let memory: UnsafeMutableRawBufferPointer
        let full, unchanged: OpaquePointer

        init(_ bytes: [UInt8], _ type: ContentType, tag: String, _ headers: [(StaticString, String)], coding: String? = nil) {
            self.tag = tag
            memory = .allocate(byteCount: max(bytes.count, 1), alignment: 1)
            memory.copyBytes(from: bytes)
            full = MHD_create_response_from_buffer(bytes.count, memory.baseAddress, .RESPMEM_PERSISTENT)
            unchanged = MHD_create_response_from_buffer(0, memory.baseAddress, .RESPMEM_PERSISTENT)
            for response in [full, unchanged] {
                for (name, value) in headers { add(name, value, to: response) }
                add("ETag", tag, to: response)
            }
            add("Content-Type", type.name, to: full)
            if let coding { add("Content-Encoding", coding, to: full) }
        }

        deinit {
            MHD_destroy_response(full)
            MHD_destroy_response(unchanged)
            memory.deallocate()
        }
    }
}

/// A directory of assets, by their paths below it.
public struct Assets: Sendable {
    private let files: [String: Asset]
    /// Scripts, which other scripts name without a version: a browser asks for those each time.
    private let asked: [String: Asset]

    public enum Missing: Error { case directory(String), file(String) }

    /// Reads every file of a type that we serve, in the directory and its folders.
    public init(directory: String, isSecure: Bool = false) throws(Missing) {
        var files: [String: Asset] = [:], asked: [String: Asset] = [:]
        try Assets.walk(directory, below: "") { (path, name) throws(Missing) in
            guard let type = ContentType(ofFile: name) else { return }
            guard let bytes = read(path) else { throw .file(path) }
            files[name] = Asset(bytes, type, isSecure: isSecure)
            if type == .script { asked[name] = Asset(bytes, type, .asking, isSecure: isSecure) }
        }
        (self.files, self.asked) = (files, asked)
    }

    public subscript(path: String) -> Asset? { files[path] }

    /// For an address with this version, or none.
    public func asset(_ path: String, version: String?) -> Asset? {
        files[path].flatMap { $0.version == version ? $0 : asked[path] ?? $0 }
    }

    private static func walk(_ directory: String, below: String, _ visit: (String, String) throws(Missing) -> Void) throws(Missing) {
        guard let entries = opendir(directory) else { throw .directory(directory) }
        defer { closedir(entries) }
        while let entry = readdir(entries) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard !name.hasPrefix(".") else { continue }
            if entry.pointee.d_type == UInt8(DT_DIR) {
                try walk("\(directory)/\(name)", below: "\(below)\(name)/", visit)
            } else {
                try visit("\(directory)/\(name)", "\(below)\(name)")
            }
        }
    }
}

extension ContentType {
    /// By the end of a file's name; nil for what the site doesn't serve.
    fileprivate init?(ofFile name: String) {
        switch name.split(separator: ".").last {
        case "css": self = .css
        case "js": self = .script
        case "json": self = .json
        case "svg": self = .svg
        case "png": self = .png
        case "ico": self = .icon
        case "woff2": self = .woff2
        default: return nil
        }
    }
}

func add(_ name: StaticString, _ value: String, to response: OpaquePointer) {
    _ = value.withCString { value in
        name.utf8Start.withMemoryRebound(to: CChar.self, capacity: name.utf8CodeUnitCount + 1) {
            MHD_add_response_header(response, $0, value)
        }
    }
}

private func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = [], piece = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes += piece[..<count] }
    return ferror(file) == 0 ? bytes : nil
}

/// FNV-1a, 64 bits: tells versions of a file of ours apart, and nothing else hangs on it.
private func fingerprint(_ bytes: [UInt8]) -> String {
    let hash = bytes.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return String(hash, radix: 36)
}
