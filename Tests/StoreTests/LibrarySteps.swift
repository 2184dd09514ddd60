import Domain
import Store
import Testing

// What a team does with scripts, in one line each.

extension TestStore {
    /// A finished task with these scripts, in the order given.
    func deliver(
        form number: Int, _ scripts: [RemoteScript], at now: Timestamp = .start, _ changes: (inout BriefForm) -> Void = { _ in }
    ) async throws -> [Script.ID] {
        guard case .new(let id) = try await submit(form: number, at: now, changes) else { throw NotNew() }
        let create = try #require(try await claimCreate(at: now))
        try await record(create, .done(.ok, detail: ""), event: .created(remoteID: "t\(number)"), due: now, at: now)
        let poll = try #require(try await claimPoll(at: now))
        try await record(poll, status: .success, scripts: scripts, at: now)
        return try self.scripts(of: id).map(\.id)
    }

    /// One script with this text.
    func deliver(form number: Int, _ text: String, at now: Timestamp = .start, _ changes: (inout BriefForm) -> Void = { _ in }) async throws
        -> Script.ID
    {
        try #require(try await deliver(form: number, [RemoteScript(id: "s\(number)", title: "Take", text: text)], at: now, changes).first)
    }

    func find(_ query: ScriptQuery, before: Script.ID? = nil, limit: Int = 50) throws -> [Script.ID] {
        try read { database throws(StoreError) in try database.findScripts(query, before: before, limit: limit) }.map(\.script.id)
    }

    func find(_ text: String) throws -> [Script.ID] {
        var query = ScriptQuery()
        query.text = text
        return try find(query)
    }

    func count(_ query: ScriptQuery, cap: Int = 1_001) throws -> Int {
        try read { database throws(StoreError) in try database.countScripts(query, cap: cap) }
    }

    func record(_ id: Script.ID) throws -> ScriptRecord {
        try #require(try read { database throws(StoreError) in try database.findScript(id) })
    }

    func versions(of id: Script.ID) throws -> [ScriptVersion] {
        try read { database throws(StoreError) in try database.findVersions(of: id) }
    }

    func edit(_ id: Script.ID, from base: Int, _ text: String, title: String = "Take", reason: String = "", at now: Timestamp = .start)
        async throws
        -> Edited
    {
        try await write { transaction throws(StoreError) in
            try transaction.edit(id, from: base, title: title, text: text, reason: reason, by: Member.thisComputer.id, now: now)
        }
    }

    @discardableResult
    func sort(_ ids: [Script.ID], _ action: Sorting.Action, at now: Timestamp = .start) async throws -> Sorting.ID? {
        try await write { transaction throws(StoreError) in
            try transaction.sort(ids, action, by: Member.thisComputer.id, now: now)?.id
        }
    }

    func undo(_ id: Sorting.ID?) async throws -> Int? {
        let id = try #require(id)
        return try await write { transaction throws(StoreError) in try transaction.undo(id, by: Member.thisComputer.id, now: .start) }
    }

    func tag(_ name: String) throws -> Store.Tag {
        try #require(try read { database throws(StoreError) in try database.findTag(named: name) })
    }

    /// FTS5 compares its index with the rows it was made from (https://sqlite.org/fts5.html#the_integrity_check_command).
    func checkIndex() async throws {
        _ = try await write { transaction throws(StoreError) in
            try transaction.database.run("INSERT INTO script_index (script_index, rank) VALUES ('integrity-check', 1)")
        }
        #expect(try count("SELECT count(*) FROM script WHERE trashed IS NULL") == count("SELECT count(*) FROM script_search"))
    }
}
