import Domain
import Store

/// Pages of the list of all scripts as they were last rendered, for as long as nobody writes anything. One loop's own.
///
/// The list is what everybody looks at, and every open one is fetched anew with each event. The database itself says whether it has changed,
/// whoever changed it, so nothing here can be out of date; and nothing in a row depends on who reads it.
final class ShownScripts {
    struct Rows {
        let markup: [UInt8]
        /// The last one, when there are older ones.
        let last: Script.ID?
    }

    /// A page of rows weighs some 30 kB.
    private static let most = 4

    private var version = 0
    /// By the script before.
    private var pages: [Script.ID?: Rows] = [:]

    /// - Parameter database: inside a transaction that has read nothing yet.
    func rows(
        before: Script.ID?, _ database: borrowing Database, make: (borrowing Database) throws(StoreError) -> Rows
    ) throws(StoreError) -> Rows {
        let current = try database.version()
        if current != version { pages = [:] }
        version = current
        if let known = pages[before] { return known }
        let rows = try make(database)
        if pages.count < Self.most { pages[before] = rows }
        return rows
    }
}
