using Chain.StateMachine.Store;

namespace Chain.Node.Tests.Storage;

public sealed class MemoryStoreTests : StoreSuite
{
    protected override IKeyValueStore Create() => new MemoryStore();
}
