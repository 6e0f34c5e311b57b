// refused: cannot convert return expression of type 'String' to return type 'SQL'
import Store

func find(_ name: String) -> SQL { "SELECT id FROM room WHERE name = " + name }
