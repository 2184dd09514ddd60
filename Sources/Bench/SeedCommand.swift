import ArgumentParser
import CLinux
import Domain
import Glibc
import Store

/// A data folder as years of use would leave it, which the program itself opens.
struct SeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed", abstract: "Makes a data folder with many finished tasks and their scripts.")

    @Option(help: "The folder; made where it is not there, and left alone where it holds a database.")
    var data: String

    @Option(help: "How many scripts, four to a task.")
    var scripts = 100_000

    func run() async throws {
        guard scripts >= Seed.fewest else { throw BenchError("--scripts has to be at least \(Seed.fewest)") }
        let start = ContinuousClock.now
        try await Seed(folder: data, scripts: scripts).make()
        print("\(data) has \(scripts) scripts, made in \(ContinuousClock.now - start)")
    }
}

/// Some tasks are made as the program makes them, then copied by the store.
struct Seed {
    let folder: String
    let scripts: Int

    private var database: String { folder + "/scriptorium.sqlite" }

    func make() async throws {
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw BenchError("the folder \(folder) cannot be made: error \(errno)") }
        guard access(database, F_OK) != 0 else { throw BenchError("\(folder) holds a database already") }
        let writer = try Writer(path: database) { _ in }
        // The oldest is as long ago as there are minutes to fill, so that nothing lies in the future.
        let now = Self.now - .seconds(60 * (scripts / Self.scriptsPerModel + 2))
        let connection = try await writer.write { transaction throws(StoreError) in
            let connection = try transaction.ensureConnection(kind: .sandbox, base: "", appID: "", now: now)
            try transaction.useConnection(connection)
            return connection
        }
        for (number, language) in ScriptLanguage.allCases.enumerated() {
            let brief = try Self.brief(language, number)
            try await writer.write { transaction throws(StoreError) in
                try transaction.finishTask(brief, on: connection, number: number, scripts: Self.scriptsPerTask, now: now)
            }
        }
        try await Self.multiply(by: writer, to: scripts)
        writer.close()
    }

    /// One task in each language.
    static var fewest: Int { scriptsPerModel }

    private static let scriptsPerTask = 4
    private static var scriptsPerModel: Int { scriptsPerTask * ScriptLanguage.allCases.count }

    private static func multiply(by writer: Writer, to scripts: Int) async throws {
        let models = ScriptLanguage.allCases.count
        let copies = (scripts + scriptsPerModel - 1) / scriptsPerModel - 1
        let batch = 1_000
        for first in stride(from: 1, through: copies, by: batch) {
            try await writer.write { transaction throws(StoreError) in
                try transaction.copyTasks(
                    models: models, scriptsEach: scriptsPerTask, copies: first...min(first + batch - 1, copies), scripts: scripts,
                    apart: .seconds(60))
            }
        }
    }

    private static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000)
    }

    private static func brief(_ language: ScriptLanguage, _ number: Int) throws -> (form: BriefForm, brief: Brief) {
        var form = BriefForm.fresh
        form.name = ["Trail Lamp 300", "Morning Oats", "Quiet Fan", "City Pannier", "Clay Mask", "Desk Plant", "Cold Brew Kit"][number % 7]
        form.brand = "Northbeam"
        form.price = "39.90"
        form.description =
            "Made for people who are out before the sun is: light in the hand, ready in a minute, and it lasts the whole week."
        form.sellingPoints = "58 g light\n30 hours on one charge\nTwo years of warranty"
        form.images = "https://cdn.example.com/product-\(number).jpg"
        form.language = language.rawValue
        form.notice = "yes"
        return (form, try Brief(form, offering: []))
    }
}

extension Transaction {
    /// From the form to the last script, by the steps that the program takes.
    fileprivate mutating func finishTask(
        _ brief: (form: BriefForm, brief: Brief), on connection: Connection.ID, number: Int, scripts: Int, now: Timestamp
    ) throws(StoreError) {
        let submission = TaskSubmission(
            id: SubmissionID(random: "seed-of-the-benchmark-\(number)"), connection: connection, brief: brief.brief, form: brief.form,
            acknowledgement: Acknowledgement(checkbox: brief.form.notice, address: "127.0.0.1"), member: Member.thisComputer.id)
        _ = try submit(submission, now: now)
        let receipt = Receipt(code: 0, message: "OK", requestID: "seed-\(number)")
        guard let create = try claimCreate(on: connection, now: now) else { return }
        try record(create, .done(receipt, detail: ""), event: .created(remoteID: "seed-task-\(number)"), due: now, now: now)
        guard let poll = try claimPoll(on: connection, now: now) else { return }
        let written = (1...scripts).map { position in
            RemoteScript(
                id: "seed-script-\(number)-\(position)", title: "\(brief.form.name), take \(position)",
                text: """
                    Still fumbling in the dark every morning? Take “\(brief.form.name)” & be out of the door in a minute.

                    [Close-up of the product] It weighs less than your phone, and one charge lasts the whole week.

                    \(brief.form.brand): made for people who are up before the sun. Get yours today & save 10%.
                    """)
        }
        let done = RemoteStatus(word: "SUCCESS")
        try record(poll, .done(receipt, detail: done.word), events: [.polled(done)], scripts: written, due: nil, now: now)
    }
}
