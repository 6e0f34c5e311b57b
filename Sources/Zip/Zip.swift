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

    /// All files of an archive of ours in their order; refused where it isn't laid out as ours are, or a file is damaged or over a gigabyte.
    public static func unpack(_ archive: [UInt8]) throws(Fault) -> [(name: String, bytes: [UInt8])] {
        guard isOurs(archive) else { throw Fault(sentence: "not as it was packed") }
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        let result = archive.withUnsafeBytes { bytes -> Result<[(name: String, bytes: [UInt8])], Fault> in
            guard let source = zip_source_buffer_create(bytes.baseAddress, UInt64(bytes.count), 0, &error) else {
                return .failure(fault(&error))
            }
            guard let opened = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) else {
                zip_source_free(source)
                return .failure(fault(&error))
            }
            defer { zip_discard(opened) }
            var files: [(name: String, bytes: [UInt8])] = []
            for index in 0..<UInt64(max(0, zip_get_num_entries(opened, 0))) {
                var about = zip_stat_t()
                guard zip_stat_index(opened, index, 0, &about) == 0, let name = about.name.map({ String(cString: $0) }),
                    about.size <= 1 << 30, let file = zip_fopen_index(opened, index, 0)
                else { return .failure(fault(zip_get_error(opened))) }
                defer { zip_fclose(file) }
                var content = [UInt8](repeating: 0, count: Int(about.size)), beyond: UInt8 = 0
                // The sum over all is looked at where something is read beyond the end.
                guard zip_fread(file, &content, UInt64(content.count)) == Int64(about.size), zip_fread(file, &beyond, 1) == 0 else {
                    return .failure(Fault(sentence: "\(name) is damaged"))
                }
                files.append((name, content))
            }
            return .success(files)
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
