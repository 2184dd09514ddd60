import Domain
import Store
import Web
import Worker

/// Looks each second at what the app needs to do its work, and hands the answer of `/healthz` over ready-made.
struct HealthMonitor: Sendable {
    let store: Writer
    let service: Service
    let folder: DataFolder
    let health: Health
    let time: Time

    /// Until its task is cancelled.
    func run() async {
        while !Task.isCancelled {
            health.publish(await look())
            await time.sleep(.seconds(1))
        }
    }

    /// A transaction that changes nothing costs no sync, and yet needs the lock that every change needs.
    private func look() async -> Health.Report {
        typealias Figures = (state: String, queued: Int, oldest: Timestamp?)
        let figures: Figures?
        do throws(StoreError) {
            figures = try await store.write { transaction throws(StoreError) -> Figures in
                let current = try transaction.database.findCurrentConnection()
                let queue = try transaction.database.findQueue()
                return (current?.connection?.state.name.rawValue ?? "question", queue.count, queue.oldest)
            }
        } catch {
            figures = nil
        }
        return Health.Report(
            isStoreWritable: figures != nil && folder.takesWrites, isWorkerAlive: service.isAlive(at: time.elapsed()),
            connection: figures?.state, queued: figures?.queued, oldest: figures?.oldest.map { time.now() - $0 })
    }
}
