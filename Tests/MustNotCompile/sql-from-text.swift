// refused: cannot convert value of type 'String' to expected argument type 'StaticString'
import Store

func find(_ text: String) -> SQL { SQL(stringLiteral: text) }
