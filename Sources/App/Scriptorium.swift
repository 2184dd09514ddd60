import ArgumentParser

@main
struct Scriptorium: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scriptorium",
        abstract: "Has TikTok's Generate Scripts API write ad scripts, in the browser.",
        subcommands: [ServeCommand.self, MemberCommand.self, BackupCommand.self, RestoreCommand.self, SandboxCommand.self],
        defaultSubcommand: ServeCommand.self)
}

/// What keeps the program from starting, in one line.
struct StartError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
