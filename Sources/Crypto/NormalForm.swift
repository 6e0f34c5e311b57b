// One way to write a text, of the several that Unicode has for the same letters.

import CGLib

public enum NormalForm {
    /// The text in NFC; nil: it holds a zero, or isn't text.
    public static func composed(_ text: String) -> String? {
        guard !text.utf8.contains(0), let normal = text.withCString({ g_utf8_normalize($0, -1, Int32(vo_nfc)) }) else { return nil }
        defer { g_free(normal) }
        return String(cString: normal)
    }
}
