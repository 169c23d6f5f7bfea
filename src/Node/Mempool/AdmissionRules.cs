using Chain.Node.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;

namespace Chain.Node.Mempool;

/// <summary>What admission judges by while one block is the last: the state under it, and what every transaction is asked.</summary>
internal sealed record AdmissionRules(ChainTip Tip, IStateReader State, Parameters Parameters, ulong BaseFee)
{
    public static AdmissionRules Load(ChainTip tip, IStateReader state) =>
        new(tip, new CachedState(state), Parameters.Load(state), FeeState.Load(state).BaseFee);
}
