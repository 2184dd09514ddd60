import Domain
import HTTP
import Store

/// Why there is no page to show; `ErrorPage` says it to the person.
enum Problem: Error {
    case notFound
    /// A form that is not ours, or from a page that has been open since before this session.
    case foreignForm
    case foreignHost
    case badForm(FormError)
    /// A large body in chunks where none is expected.
    case lengthRequired
    case videoTooLarge
    case diskFull
    case methodNotAllowed(allow: [Method])
    case store(StoreError)
    /// There are members, and this is none of them.
    case signInNeeded
    /// It takes this role.
    case notAllowed(Role)
    /// A program asks for what only a person should do.
    case personNeeded
    case readOnlyToken
    case unknownToken
    /// There is no member yet, and this may not be the person before the computer.
    case notSetUp
    /// Signed in by a trusted proxy under a name that is new here.
    case newcomer(String)
    case disabled
    /// Too many passwords are being checked.
    case busy

    var status: Status {
        switch self {
        case .notFound: .notFound
        case .foreignForm, .notAllowed, .personNeeded, .readOnlyToken, .notSetUp, .newcomer, .disabled: .forbidden
        case .foreignHost: .misdirectedRequest
        case .badForm(let error): error.status
        case .methodNotAllowed: .methodNotAllowed
        case .lengthRequired: .lengthRequired
        case .videoTooLarge: .contentTooLarge
        case .diskFull: .insufficientStorage
        case .store(let error): error.status
        case .busy: .serviceUnavailable
        case .signInNeeded, .unknownToken: .unauthorized
        }
    }

    /// A title and a sentence for the person.
    var words: (title: String, words: String) {
        switch self {
        case .signInNeeded:
            (
                "You are not signed in",
                "Nothing was changed. Sign in in another tab, then come back here, reload and send it again: Back keeps what you typed."
            )
        case .notAllowed(let role):
            ("This is not yours to do", "It takes the role “\(role.rawValue)”. An admin of this app can give it to you.")
        case .personNeeded: ("This takes a person", "A program cannot do this with its token: sign in in a browser.")
        case .readOnlyToken: ("This token only reads", "Make one that may write on the page of your account.")
        case .unknownToken: ("This token is not known", "It may have been revoked. Make a new one on the page of your account.")
        case .notSetUp:
            (
                "This app has not been set up",
                "Open the link that was printed in the terminal when it started, or make the first admin there with "
                    + "“scriptorium member add”."
            )
        case .disabled: ("You may no longer come in", "An admin of this app has disabled your membership.")
        case .videoTooLarge: ErrorPage.videoTooLarge
        case .store(let error): error.advice
        case .notFound, .foreignForm, .foreignHost, .badForm, .lengthRequired, .diskFull, .methodNotAllowed, .newcomer, .busy:
            ErrorPage.words(for: status.code)
        }
    }
}
