import Domain

/// A step on the way to real scripts, as far as the app can tell how it stands.
struct AccessStep: View {
    enum State: Sendable {
        case done, missing, open
    }

    let words: String
    let state: State

    static var fields: [Field<AccessStep>] {
        [
            .text("words") { $0.words },
            .flag("is_done") { $0.state == .done },
            .flag("is_missing") { $0.state == .missing },
            .text("state_words") { step in
                switch step.state {
                case .done: "Done"
                case .missing: "Missing"
                case .open: "To do"
                }
            },
        ]
    }

    /// - Parameters:
    ///   - isLive: a token is set.
    ///   - works: a call has succeeded since the last trouble.
    ///   - refusal: why calls do not succeed; nil for none known.
    static func all(isLive: Bool, works: Bool, refusal: Refusal?) -> [AccessStep] {
        /// Whether one of these codes says that the step is missing.
        func state(missing codes: Set<Int>) -> State {
            if let refusal, codes.contains(refusal.code) { return .missing }
            return works ? .done : .open
        }
        let token: State = state(missing: [40102, 40103, 40104, 40105, 40106])
        return [
            AccessStep(
                words: "Script generation is open to accounts that TikTok has admitted: ask your TikTok representative whether yours is.",
                state: state(missing: [40118])),
            AccessStep(words: "Have a business account, and register it as a developer.", state: works ? .done : .open),
            AccessStep(
                words: "Make a developer app with the permission Generative AI Tool > Video Generation.",
                state: state(missing: [40001, 40124, 40125, 40130, 40101, 40113])),
            AccessStep(
                words: "Authorise the app for your account; that gives an access token. Give it to this app below.",
                state: token == .open && isLive ? .done : token),
            AccessStep(words: "Make a first call: test the connection.", state: works ? .done : .open),
        ]
    }
}
