import HTTP
import Testing

@testable import Sandbox

struct CodeTests {
    static let codes: [Int64] =
        [0, 20001, 40000, 40001, 40002, 40006, 40007, 40008, 40010, 40016, 40050, 40051, 40053, 40100, 40101] + Array(40102...40106)
        + [40113, 40118, 40124, 40125, 40130, 40132, 40133, 40200, 40201, 40202, 40700] + Array(40900...40916)
        + [50000, 50002, 59999, 60001, 61000]

    @Test(arguments: codes)
    func `every code of the contract can be asked for, at every endpoint`(code: Int64) async throws {
        let stand = try Stand()
        for endpoint in Endpoint.allCases {
            let wish = #"{"kind":"code","code":\#(code),"message":"As you wish.","endpoint":"\#(endpoint.rawValue)"}"#
            let control = Request(method: .post, path: ["control", "faults"], body: .bytes(Array(wish.utf8)))
            #expect(await stand.send(control).status == .noContent)
            let answer = try await stand.call(endpoint, .product, query: "task_id=1")
            #expect(answer.code == code)
            #expect(answer.message == "As you wish.")
            #expect(answer["request_id"]?.text?.count == 31)
        }
    }
}
