// What an operator should hear when the house opens, though nothing of it keeps it from opening.

import Office
import Zones

extension Configuration {
    /// - Parameter isDevelopment: nothing there has to outlive the disk.
    /// - Returns: a sentence each, with the setting that it is about.
    func advice(isDevelopment: Bool) -> [String] {
        var advice: [String] = []
        if !isDevelopment, isSafeInData {
            advice.append(
                """
                safe: \(safeFolder) lies in \(data), so whoever loses the one loses the other, and then no backup opens. Set `safe` to a folder on \
                another disk or machine, and move what is in it there.
                """)
        }
        if telephone.callingCode == nil, let zone = business.desk?.zone.name {
            advice.append(
                """
                telephone_country: the office keeps the time of \(zone), and no country is set, so a number that begins with 0 reaches nobody and \
                finds nobody who gave it with its country. Set `telephone_country` to the calling code, like 62.
                """)
        }
        return advice
    }
}
