// refused: 'Opened' initializer is inaccessible due to 'internal' protection level
import Vault

func forge() { _ = Opened([]) }
