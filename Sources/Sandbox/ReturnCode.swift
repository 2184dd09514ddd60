/// The codes that the sandbox answers by itself. Any other can be asked for through `Fault`.
enum ReturnCode: Int64, Sendable {
    case ok = 0
    case wrongParameter = 40002
    case unknownObject = 40007
    case wrongEndpoint = 40051
    case unknownVideo = 40053
    case tooManyCalls = 40100
    case missingToken = 40104
    case wrongToken = 40105
    /// Which of the file codes names which fault is the sandbox's own choice: the contract knows them as one group.
    case fileNotFetched = 40902
    case fileIsText = 40904
    case fileIncomplete = 40905
    case fileTypeUnsupported = 40906
    case serviceTrouble = 50000
}

/// Why a call is refused: the code, and a message that a person can act on.
struct Refusal: Error, Equatable {
    let code: ReturnCode
    let message: String

    init(_ code: ReturnCode, _ message: String) {
        self.code = code
        self.message = message
    }
}
