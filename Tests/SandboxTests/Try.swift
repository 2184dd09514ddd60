import Testing
@testable import Sandbox

@Test func `samples`() throws {
    let writer = try ScriptWriter(books: try PhraseBook.library())
    func brief(_ lang: String, _ dur: String?, _ style: String?, _ tone: String?, _ view: String?, count: Int = 4) -> Brief {
        var info: [JSONValue.Member] = [.init(name: "script_language", value: .string(lang))]
        if let style { info.append(.init(name: "style", value: .string(style))) }
        if let tone { info.append(.init(name: "tone", value: .string(tone))) }
        if let view { info.append(.init(name: "point_of_view", value: .string(view))) }
        var m: [JSONValue.Member] = [
            .init(name: "script_source", value: "PRODUCT"), .init(name: "script_info", value: .object(info)),
            .init(name: "script_generation_count", value: .number(Int64(count))),
            .init(name: "product_info", value: [
                "name": "Trail Lamp 300", "brand": "Northbeam", "price": .number("39.90"), "currency": lang == "de" ? "EUR" : "USD",
                "description": "A head lamp for night runs: 300 lumens, 58 g, charges by USB-C.",
                "selling_points": ["58 g light", "30 hours on one charge"]])]
        if let dur { m.append(.init(name: "video_duration", value: .string(dur))) }
        return Brief(.object(m))
    }
    func show(_ b: Brief, _ task: String) {
        let clock = ContinuousClock()
        var list: [Script] = []
        let t = clock.measure { list = writer.scripts(for: b, task: task, ids: (1...b.count).map(String.init)) }
        print("#########", t)
        for s in list { print("== \(s.title) (\(Sentences.words(s.text)))\n\(s.text)\n") }
    }
    show(brief("de", "15S", nil, "Friendly", nil), "1")
    show(brief("de", "15S", "Personal stories", nil, "From consumer"), "2")
    show(brief("de", "30S", "Lists and inspiration", "Professional", "From brand"), "3")
    show(brief("en", "15S", "Humor", "Confident", "From brand"), "4")
    show(brief("en", "30S", "Comparisons", "Friendly", "From consumer"), "5")
    show(brief("en", "30S", "Promotions", "Deadpan, like a weather report", nil, count: 8), "6")
    show(Brief(["script_source": "CUSTOM", "custom_prompt": "A runner loses the trail at dusk, then switches the lamp on.", "product_info": [
                "name": "Trail Lamp 300", "brand": "Northbeam", "price": .number("39.90"), "currency": "EUR",
                "description": "A head lamp for night runs: 300 lumens, 58 g, charges by USB-C.",
                "selling_points": ["58 g light", "30 hours on one charge"]]]), "7")
    show(Brief(["script_source": "CUSTOM", "custom_prompt": "Sam opens the fridge at midnight. The light goes out. He sighs and reaches for his phone. But then the dog brings a torch."]), "8")
}
