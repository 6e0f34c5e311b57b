// Days written out, as letters say them.

import Policy

extension Day {
    /// `24 November 2026`
    var english: String {
        written([
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
        ])
    }
    /// `24 November 2026`, with Indonesian months.
    var indonesian: String {
        written([
            "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
        ])
    }

    private func written(_ months: [String]) -> String { "\(civil.day) \(months[civil.month - 1]) \(civil.year)" }
}
