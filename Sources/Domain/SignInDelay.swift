/// How long a sign-in has to wait after others that failed. Guesses are counted by account, by address, and by device.
///
/// A stranger who keeps guessing keeps an account's delay high, so a browser in which the member has signed in before is counted by itself:
/// no one else can lock it out. The delay never exceeds a few minutes, and a day without failures forgets them.
package enum SignInDelay: Sendable {
    case account
    /// Many people may share one, behind a router.
    case address
    case device

    /// So many failures cost nothing: people mistype.
    private var free: Int {
        switch self {
        case .account, .device: 4
        case .address: 20
        }
    }

    package static let longest = Duration.seconds(300)
    package static let forgotten = Duration.seconds(86_400)

    /// - Parameter failures: attempts in a row that did not succeed.
    package func after(failures: Int) -> Duration {
        guard failures > free else { return .zero }
        let doublings = min(failures - free - 1, 16)
        return min(.seconds(1 << doublings), Self.longest)
    }
}
