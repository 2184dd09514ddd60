import ArgumentParser
import Domain
import FoundationEssentials
import Glibc
import Secrets
import Store
import Worker

struct MemberCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "member",
        abstract: "Lets people in, and keeps them out.",
        discussion: """
            Works while the app runs as well. The first member becomes an admin and takes over what was done on this computer. A password \
            is asked for, or read as one line from standard input.
            """,
        subcommands: [Add.self, Reset.self, Disable.self, List.self])

    struct Folder: ParsableArguments {
        @Option(help: "The folder that everything is kept in. (default: ~/.local/share/scriptorium)")
        var data: String?

        func open(isNew: Bool = false) throws -> MemberDesk {
            let environment = ProcessInfo.processInfo.environment
            let set = environment["SCRIPTORIUM_DATA"].flatMap { $0.isEmpty ? nil : $0 }
            return try MemberDesk(path: try data ?? set ?? DataFolder.standard(environment: environment), isNew: isNew)
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes a member.")

        @OptionGroup var folder: Folder
        @Argument(help: "The e-mail address, with which they sign in.") var email: String
        @Option(help: "The name by which the team knows them.") var name: String
        @Option(help: "viewer, writer, reviewer or admin; the first one is an admin.") var role = Role.writer

        func run() async throws {
            try await Terminal.starting {
                let desk = try folder.open(isNew: true)
                let member: MemberName
                do throws(MemberName.Mistake) {
                    member = try MemberName(name: name, email: email)
                } catch {
                    throw StartError(error.words)
                }
                let password = try Terminal.newPassword(about: [member.name, member.email])
                let role = try await desk.add(member, role: role, password: password)
                Terminal.say("\(member.name) is a member: \(role.rawValue).")
            }
        }
    }

    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives a member a new password and lets them in again, also when they were disabled or locked out.")

        @OptionGroup var folder: Folder
        @Argument(help: "The e-mail address.") var email: String

        func run() async throws {
            try await Terminal.starting {
                let desk = try folder.open()
                let account = try await desk.account(email)
                let password = try Terminal.newPassword(about: [account.member.name, account.email ?? ""])
                try await desk.reset(account, password: password)
                Terminal.say("\(account.member.name) has a new password; whoever was signed in with the old one is out.")
            }
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Keeps a member out at once; their work stays.")

        @OptionGroup var folder: Folder
        @Argument(help: "The e-mail address.") var email: String

        func run() async throws {
            try await Terminal.starting {
                let desk = try folder.open()
                let account = try await desk.account(email)
                try await desk.disable(account)
                Terminal.say("\(account.member.name) may no longer come in.")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the members: address, role, name.")

        @OptionGroup var folder: Folder

        func run() async throws {
            try await Terminal.starting {
                for account in try await folder.open().accounts() {
                    let state = account.isDisabled ? "disabled" : account.role.rawValue
                    Terminal.say("\(account.email ?? "-")\t\(state)\t\(account.member.name)")
                }
            }
        }
    }
}

extension Role: ExpressibleByArgument {}
