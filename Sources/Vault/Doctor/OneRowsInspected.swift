// Tables that have one row in every house: without it pages fail, or a guard is off, and the table itself can't say so.

import Store

extension Inspection {
    mutating func inspectOneRows() throws(StoreFault) {
        let missing = try data.read { (rows) throws(StoreFault) in
            var missing: [String] = []
            if try !rows.exists("SELECT 1 FROM house") { missing.append("house") }
            if try !rows.exists("SELECT 1 FROM log_origin") { missing.append("log_origin") }
            if try KeysKnown.isMissing(in: rows) { missing.append("keys_known") }
            if try KnownTime.moment(in: rows) == nil, try rows.exists("SELECT 1 FROM log_checkpoint") { missing.append("known_time") }
            return missing
        }
        for table in missing { report(.rowMissing, "\(table) in \(data.name)") }
        let missingKeys = try keys.read { (rows) throws(StoreFault) in
            var missing: [String] = []
            if try !rows.exists("SELECT 1 FROM house") { missing.append("house") }
            if try !rows.exists("SELECT 1 FROM ring") { missing.append("ring") }
            if try !rows.exists("SELECT 1 FROM change_count") { missing.append("change_count") }
            return missing
        }
        for table in missingKeys { report(.rowMissing, "\(table) in \(keys.name)") }
    }
}
