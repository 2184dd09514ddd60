import HTTP
import Testing

@testable import Web

@Suite struct `The address of a list of scripts` {
    @Test(arguments: [
        ("q=&language=de", "/scripts?language=de"), ("q=", "/scripts"), ("%0D%0Aenv%3B=1&q=", "/scripts?%0D%0Aenv%3B=1"),
        ("a%26b%3D=%26&q=", "/scripts?a%26b%3D=%26"),
    ])
    func `loses what was left empty, and keeps the rest as it was`(query: String, shorter: String) async throws {
        let test = try TestSite()
        _ = try await test.connect()
        let response = await test.send(.get("/scripts?\(query)"))
        #expect(response.status == .seeOther && response.headers["Location"] == shorter)
    }
}
