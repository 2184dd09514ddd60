import Domain
import Store
import TikTok

extension Worker {
    /// Asks for one script of the list: it changes nothing, and proves token, permission and allow-list.
    func perform(_ test: ClaimedTest) async {
        let result = await client.scripts(page: 1, size: 1).result { "\($0.total) scripts" }
        let now = time.now()
        await commit { transaction throws(StoreError) in
            try transaction.record(test, result, now: now)
        }
    }
}
