@testable import Store

extension Row {
    /// The first column as an integer.
    var number: Int { integer(0) }
}
