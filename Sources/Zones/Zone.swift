// A time zone of the IANA database, as the machine has it: how far its clocks are ahead of UTC, second by second.

import CGLib

public final class Zone: @unchecked Sendable, Equatable {
    /// As the database names it, e.g. `Asia/Jakarta`.
    public let name: String
    // Never changed after it was made; GLib's zones may be read by any thread.
    private let zone: OpaquePointer

    /// nil: there is none of this name.
    public init?(_ name: String) {
        guard name.contains("/") || name == "UTC", let found = name.withCString({ g_time_zone_new_identifier($0) }) else { return nil }
        (self.name, zone) = (name, found)
    }

    deinit { g_time_zone_unref(zone) }

    /// How many seconds the clocks there are ahead of UTC at a moment.
    public func offset(at unixSeconds: Int64) -> Int64 {
        let interval = g_time_zone_find_interval(zone, Int32(vo_universal), unixSeconds)
        return interval < 0 ? 0 : Int64(g_time_zone_get_offset(zone, interval))
    }

    /// The moment at which clocks there first show or pass a reading, given as if it were of UTC. What a change of the clocks leaves out
    /// is as late as if they had not been changed yet.
    public func moment(showing reading: Int64) -> Int64 {
        let before = offset(at: reading - 86_400), after = offset(at: reading + 86_400)
        for offset in [max(before, after), min(before, after)] where self.offset(at: reading - offset) == offset { return reading - offset }
        return reading - before
    }

    public static func == (a: Zone, b: Zone) -> Bool { a.name == b.name }
}
