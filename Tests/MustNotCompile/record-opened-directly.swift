// refused: 'entries' is inaccessible due to 'internal' protection level
import Vault

func look(_ vault: Vault, at subject: Subject) throws(Refusal) { _ = try vault.entries(of: ["full name"], of: subject, item: 0) }
