import Domain
import HTTP
import Store

/// The same form with all currencies to choose from.
@Sendable func offerCurrencies(_ context: Context, _ form: FormData) throws(Problem) -> Response {
    let typed = BriefForm { form.values($0.rawValue) }
    let desk = try context.read { database throws(StoreError) in try context.briefDesk(database, PresetForm(form)) }
    var page = context.briefView(desk, typed, hold: DraftHold(form))
    page.hasEveryCurrency = true
    page.currency.options = Asker.currencies(with: typed.currency, all: true).map {
        FormField.Option(value: $0.value, label: $0.label, isChosen: $0.value == typed.currency)
    }
    return context.briefPage(page)
}
