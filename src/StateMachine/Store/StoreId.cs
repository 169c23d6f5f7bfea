namespace Chain.StateMachine.Store;

/// <summary>The stores under the app hash. The byte is the prefix of their keys in the database; the name stands in proofs.</summary>
public enum StoreId : byte
{
    Ibc = 1,
    Market = 2,
    Meta = 3,
}
