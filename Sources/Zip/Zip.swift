// A ZIP archive in memory, by libzip.

import CZip
import Glibc

public enum Zip {
    /// libzip has no memory, or the bytes are no archive; with its own words.
    public struct Fault: Error, Sendable { public let sentence: String }

    /// An archive of these files, deflated, in their order; all dated the same, so that equal files make equal archives.
    /// - Parameter seconds: their date, since 1970.
    public static func pack(_ files: [(name: String, bytes: [UInt8])], seconds: Int64) throws(Fault) -> [UInt8] {
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        guard let source = zip_source_buffer_create(nil, 0, 0, &error) else { throw fault(&error) }
        zip_source_keep(source)
        defer { zip_source_free(source) }
        guard let archive = zip_open_from_source(source, ZIP_TRUNCATE, &error) else { throw fault(&error) }
        for (name, bytes) in files {
            guard let copy = malloc(max(1, bytes.count)) else {
                zip_discard(archive)
                throw Fault(sentence: "no memory")
            }
            bytes.withUnsafeBytes { if let base = $0.baseAddress { memcpy(copy, base, $0.count) } }
            // libzip frees the copy when it is done with it.
            let content = zip_source_buffer(archive, copy, UInt64(bytes.count), 1)
            let index = zip_file_add(archive, name, content, zip_flags_t(ZIP_FL_ENC_UTF_8))
            guard index >= 0, zip_file_set_mtime(archive, UInt64(index), time_t(seconds), 0) == 0 else {
                let fault = fault(zip_get_error(archive))
                zip_discard(archive)
                throw fault
            }
        }
        guard zip_close(archive) == 0 else {
            let fault = fault(zip_get_error(archive))
            zip_discard(archive)
            throw fault
        }
        return try bytes(of: source)
    }

    /// One file of an archive; nil where it has none of that name.
    public static func file(_ name: String, in archive: [UInt8]) throws(Fault) -> [UInt8]? {
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        let result = archive.withUnsafeBytes { bytes -> Result<[UInt8]?, Fault> in
            guard let source = zip_source_buffer_create(bytes.baseAddress, UInt64(bytes.count), 0, &error) else {
                return .failure(fault(&error))
            }
            guard let opened = zip_open_from_source(source, ZIP_RDONLY, &error) else {
                zip_source_free(source)
                return .failure(fault(&error))
            }
            defer { zip_discard(opened) }
            var about = zip_stat_t()
            guard zip_stat(opened, name, 0, &about) == 0, about.size <= 1 << 30 else { return .success(nil) }
            guard let file = zip_fopen(opened, name, 0) else { return .failure(fault(zip_get_error(opened))) }
            defer { zip_fclose(file) }
            var content = [UInt8](repeating: 0, count: Int(about.size))
            let count = zip_fread(file, &content, UInt64(content.count))
            guard count == Int64(content.count) else { return .failure(Fault(sentence: "\(name) is damaged")) }
            return .success(content)
        }
        return try result.get()
    }

    private static func bytes(of source: OpaquePointer) throws(Fault) -> [UInt8] {
        guard zip_source_open(source) == 0 else { throw fault(zip_source_error(source)) }
        defer { zip_source_close(source) }
        var about = zip_stat_t()
        guard zip_source_stat(source, &about) == 0 else { throw fault(zip_source_error(source)) }
        var bytes = [UInt8](repeating: 0, count: Int(about.size))
        guard zip_source_read(source, &bytes, UInt64(bytes.count)) == Int64(bytes.count) else { throw fault(zip_source_error(source)) }
        return bytes
    }

    private static func fault(_ error: UnsafeMutablePointer<zip_error_t>?) -> Fault {
        Fault(sentence: error.flatMap { zip_error_strerror($0) }.map { String(cString: $0) } ?? "no memory")
    }
}
