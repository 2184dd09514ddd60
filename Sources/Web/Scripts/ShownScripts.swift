import Domain
import Store

/// Pages of the list of all scripts as they were last rendered, for as long as nobody writes anything. One loop's own.
///
/// The list is what everybody looks at, and every open one is fetched anew with each event. The database itself says whether it has changed,
/// whoever changed it, so nothing here can be out of date; and nothing in a row depends on who reads it but whether they may
/// sort.
final class ShownScripts {
    struct Rows {
        let markup: [UInt8]
        /// The last one, when there are older ones.
        let last: Script.ID?
    }

    /// A page of rows weighs some 30 kB.
    private static let most = 4

    private struct Place: Hashable {
        let before: Script.ID?
        let sorts: Bool
    }

    private var version = 0
    private var pages: [Place: Rows] = [:]

    /// - Parameters:
    ///   - sorts: the rows have the buttons for it.
    ///   - database: inside a transaction that has read nothing yet.
    func rows(
        before: Script.ID?, sorts: Bool, _ database: borrowing Database, make: (borrowing Database) throws(StoreError) -> Rows
    ) throws(StoreError) -> Rows {
        let current = try database.version()
        if current != version { pages = [:] }
        version = current
        let place = Place(before: before, sorts: sorts)
        if let known = pages[place] { return known }
        let rows = try make(database)
        if pages.count < Self.most { pages[place] = rows }
        return rows
    }
}
