import Testing

@testable import Sandbox

/// `CUSTOM` briefs: the prompt is staged.
struct StagingTests {
    private let pen: Pen

    init() throws {
        pen = try Pen()
    }

    @Test(
        arguments: [
            "A runner loses the trail at dusk, then switches the lamp on.",
            "Sam opens the fridge. The light goes out. But then the dog helps.",
            "One clause only", "A tired nurse comes home. Her cat ignores her. Then she opens the box and smiles.",
            "Unboxing on a kitchen table; hands only; ends with a smile",
        ], [true, false])
    func `a prompt is staged, and never merely repeated`(prompt: String, withProduct: Bool) {
        let body = JSONValue.custom.with("custom_prompt", .string(prompt)).with("product_info", withProduct ? .lamp : nil)
        let scripts = pen.scripts(body, task: prompt)
        pen.check(scripts, prompt)
        let opening = prompt.prefix { !",.;".contains($0) }
        for script in scripts {
            #expect(script.text.contains(opening), "\(script.text)")
            #expect(!script.text.contains(prompt) || prompt.split(separator: " ").count < 4, "\(script.text)")
            #expect(Sentences.words(script.text) >= 35, "\(script.text)")
            if withProduct {
                #expect(script.text.contains("Trail Lamp 300"), "\(script.text)")
                #expect(script.text.contains("€39.90"), "\(script.text)")
            }
        }
    }

    @Test(
        arguments: [
            (
                "A runner loses the trail at dusk, then switches the lamp on.", "A runner loses the trail at dusk.", nil,
                "the runner switches the lamp on.", "The runner"
            ),
            (
                "My sister forgets her keys. She sits down. Until a neighbour calls.", "My sister forgets her keys.", "She sits down.",
                "a neighbour calls.", "My sister"
            ),
            ("The camera pans over a desk", "The camera pans over a desk.", nil, nil, nil),
            ("Wow!", "Wow!", nil, nil, nil),
            (
                "Write a funny ad about a barista who spills everything. Suddenly a regular helps.", "A barista who spills everything.",
                nil,
                "a regular helps.", "The barista"
            ),
            ("Show a child drawing a map", "A child drawing a map.", nil, nil, nil),
            ("Write it", "Write it.", nil, nil, nil),
        ] as [(String, String, String?, String?, String?)])
    func `a prompt is taken apart`(prompt: String, setup: String, middle: String?, turn: String?, who: String?) {
        let staging = Staging(prompt)
        #expect(staging.setup == setup)
        #expect(staging.middle == middle)
        #expect(staging.turn == turn)
        #expect(staging.who == who)
    }

    @Test func `in a staged script it is plain what is seen, said and read`() {
        let prompt = "Sam opens the fridge. The light goes out. But then the dog helps."
        for script in pen.scripts(JSONValue.custom.with("custom_prompt", .string(prompt)).with("product_info", .lamp), task: "1") {
            let paragraphs = script.text.split(separator: "\n\n")
            #expect(paragraphs.count == 3)
            #expect(paragraphs.last?.hasPrefix("Voice-over: ") == true, "\(script.text)")
            for line in script.text.split(separator: "\n") where line.hasPrefix("On screen:") {
                #expect(Sentences.split(String(line)).count == 1, "\(line)")
            }
        }
    }
}
