// refused: 'OwnSession' initializer is inaccessible due to 'internal' protection level
import Vault

func forge(_ subject: Subject) -> OwnSession { OwnSession(subject: subject, entry: 1) }
