import CSQLite
import Domain
import Testing

@testable import Store

/// What pages and the worker ask often is found by index, however large the tables grow.
struct QueryPlanTests {
    /// Every statement that the connection has prepared, with SQLite's plan for it.
    private static func plans(of database: borrowing Database) throws -> [(sql: String, steps: [String])] {
        var plans: [(String, [String])] = []
        var statement: OpaquePointer?
        while let next = sqlite3_next_stmt(database.handle, statement) {
            statement = next
            plans.append((String(cString: sqlite3_sql(next)), []))
        }
        return try plans.map { sql, _ in
            var explain: OpaquePointer?
            guard sqlite3_prepare_v2(database.handle, "EXPLAIN QUERY PLAN " + sql, -1, &explain, nil) == SQLITE_OK else {
                throw StoreError(code: SQLITE_ERROR, operation: sql)
            }
            defer { sqlite3_finalize(explain) }
            var steps: [String] = []
            while sqlite3_step(explain) == SQLITE_ROW { steps.append(String(cString: sqlite3_column_text(explain, 3))) }
            return (sql, steps)
        }
    }

    /// Tables that grow with use, and the names that the statements give them.
    private static let growing: Set<Substring> = [
        "task", "t", "video", "v", "script", "s", "call", "task_video", "acknowledgement", "remote_command", "listed_script", "l",
        "session", "api_token", "invite", "i", "audit", "a", "member", "m", "connection_test", "e", "task_search", "task_index",
        "task_word",
        "script_search", "script_index", "search_word", "facet",
    ]

    /// - Returns: the steps that read a growing table from end to end.
    private static func scans(_ steps: [String]) -> [String] {
        steps.filter { step in
            let words = step.split(separator: " ")
            // What a full-text index finds by its words (M) is called a scan as well (https://sqlite.org/src/doc/trunk/ext/fts5/fts5_main.c).
            // The index on open calls holds only those few; the one on creates holds all that ever were.
            return words.count > 1 && words[0] == "SCAN" && growing.contains(words[1]) && !step.contains("call_open")
                && step.firstMatch(of: /VIRTUAL TABLE INDEX \d+:M/) == nil
                || step.contains("call_create (connection_id=?)")
        }
    }

    @Test func `the questions of pages read no table from end to end`() async throws {
        let store = try await TestStore()
        let task = try await store.runningTask(form: 1)
        let record = try store.task(task)
        let found = try store.read { database throws(StoreError) in
            _ = try database.findTasks(before: task, limit: 50)
            _ = try database.findActiveTasks(of: store.connection, limit: 50)
            _ = try database.countTasksAhead(of: record)
            _ = try database.countQueuedTasks(of: store.connection)
            _ = try database.findVideos(limit: 50)
            _ = try database.findVideo(Video.ID(1))
            _ = try database.findVideo(media: "key")
            _ = try database.findTasks(showing: Video.ID(1), limit: 50)
            _ = try database.countTasks(showing: Video.ID(1))
            _ = try database.findAcknowledgements(limit: 50)
            _ = try database.findUsableVideos(of: store.connection)
            _ = try database.findVideos(of: task)
            _ = try database.findScripts(limit: 50)
            _ = try database.findScripts(of: task)
            _ = try database.findScript(Script.ID(1))
            _ = try database.findCalls(of: task)
            _ = try database.findCalls(of: Video.ID(1))
            _ = try database.findCurrentConnection()
            _ = try database.findConnection(store.connection)
            _ = try database.findTask(task)
            _ = try database.findSearch(for: record)
            for filter in [ActivityFilter.all, .running, .ended(.done)] { _ = try database.findActivity(filter, limit: 50) }
            _ = try database.countTasks(onEachOf: 20_000...20_029)
            _ = try database.findTimesToFirstScript(limit: 50)
            _ = try database.countTroubles(since: .start)
            _ = try database.findQueue()
            _ = try database.findPresets()
            _ = try database.findPresetNames()
            _ = try database.findPreset(Preset.ID(1))
            _ = try database.findPreset(named: Preset.Name(saved: "voice"))
            _ = try database.findTrashedPresets(now: .start)
            return Result { try Self.plans(of: database) }
        }
        let plans = try found.get()
        #expect(plans.count >= 15)
        for (sql, steps) in plans { #expect(Self.scans(steps).isEmpty, "\(sql)\n\(steps.joined(separator: "\n"))") }
    }

    @Test func `searches and filters read no table from end to end, from any cursor`() async throws {
        let store = try await TestStore()
        let task = try await store.runningTask(form: 1)
        let found = try store.read { database throws(StoreError) in
            var words = TaskQuery()
            (words.text, words.state, words.facets[.product]) = ("trail lamp", .running, "Trail Lamp 300")
            var days = TaskQuery()
            (days.from, days.to) = (Day("2027-01-15"), Day("2027-01-15"))
            for query in [words, days] { _ = try database.findTasks(query, before: task, limit: 50) }
            var scripts = ScriptQuery()
            (scripts.text, scripts.task, scripts.from) = ("trail lamp", task, Day("2027-01-15"))
            _ = try database.findScripts(scripts, limit: 50)
            _ = try database.countScripts(scripts, cap: 50)
            return Result { try Self.plans(of: database) }
        }
        let plans = try found.get()
        #expect(plans.count >= 8)
        #expect(plans.contains { $0.sql.contains("task_index MATCH") } && plans.contains { $0.sql.contains("script_index MATCH") })
        for (sql, steps) in plans { #expect(Self.scans(steps).isEmpty, "\(sql)\n\(steps.joined(separator: "\n"))") }
    }

    @Test func `the worker and the forms read no table from end to end`() async throws {
        let store = try await TestStore()
        let video = try await store.readyVideo(form: 1)
        _ = try await store.submitVideos(form: 2, "a.mp4")
        _ = try await store.newTask(form: 3, videos: [video])
        let create = try #require(try await store.claimCreate())
        try await store.record(create, .done(.ok, detail: ""), event: .created(remoteID: "t"))
        let poll = try #require(try await store.claimPoll())
        try await store.record(poll, status: .partialSuccess, scripts: [.number(1)])
        _ = try await store.claimUpload()
        try await store.recover(at: .at(60))
        let found = try await store.write { [connection = store.connection] transaction throws(StoreError) in
            try transaction.refreshListing(on: connection, now: .start)
            _ = try transaction.claimListing(on: connection, now: .start)
            _ = try transaction.pruneCalls(now: .start)
            _ = try transaction.database.findNextDue(on: connection)
            _ = try transaction.database.findCreateAges(of: connection, now: .start)
            try transaction.recordState(.working, of: connection)
            try transaction.requestPoll(of: create.task, now: .start)
            try transaction.rejectVideo(video, .code(40053), now: .start)
            try transaction.renameVideo(video, "a")
            try transaction.archiveVideo(video, true)
            try transaction.uploadAgain(video, now: .start)
            return Result { try Self.plans(of: transaction.database) }
        }
        let plans = try found.get()
        #expect(plans.count >= 30)
        for (sql, steps) in plans { #expect(Self.scans(steps).isEmpty, "\(sql)\n\(steps.joined(separator: "\n"))") }
    }

    @Test func `who comes in is found without reading a table from end to end`() async throws {
        let store = try await TestStore()
        let hash = String(repeating: "0", count: 64)
        let found = try store.read { database throws(StoreError) in
            _ = try database.hasMembers()
            _ = try database.findSession(hash: hash, now: .start)
            _ = try database.isSession(Session.ID(1), now: .start)
            _ = try database.findSessions(of: Member.ID(1), now: .start)
            _ = try database.findToken(hash: hash)
            _ = try database.isToken(APIToken.ID(1))
            _ = try database.findTokens(of: Member.ID(1))
            _ = try database.findInvite(hash: hash, now: .start)
            _ = try database.findAccount(Member.ID(1))
            _ = try database.findAccount(email: "ada@example.com")
            _ = try database.findAccount(proxyName: "ada")
            _ = try database.findAudit(before: AuditEntry.ID(9), limit: 50)
            _ = try database.findConnectionTest(of: store.connection)
            return Result { try Self.plans(of: database) }
        }
        let plans = try found.get()
        #expect(plans.count >= 13)
        for (sql, steps) in plans {
            // One row is enough to know that there are members.
            let scans = Self.scans(steps).filter { !$0.contains("member_role") }
            #expect(scans.isEmpty, "\(sql)\n\(steps.joined(separator: "\n"))")
        }
    }
}
