using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Registry;

namespace Chain.Client.Capacity;

/// <summary>The work that proves capacity: looking for nonces, on all cores.</summary>
public static class CapacityWork
{
    /// <summary>Nonces that one thread tries before it looks whether it should stop.</summary>
    private const ulong TriesBetweenLooks = 100_000;

    /// <summary>As many nonces as asked for, for each unit in the order of <paramref name="units"/>.</summary>
    /// <exception cref="System.OperationCanceledException">The caller stopped it.</exception>
    public static IReadOnlyList<UnitProof> Find(
        CapacityProofs proofs, ResourceClass resource, IReadOnlyList<ulong> units, int nonces, ulong difficulty, CancellationToken cancel) =>
        [.. units.AsParallel().AsOrdered().WithCancellation(cancel)
            .Select(unit => FindOne(proofs, resource, unit, nonces, difficulty, cancel))];

    private static UnitProof FindOne(
        CapacityProofs proofs, ResourceClass resource, ulong unit, int nonces, ulong difficulty, CancellationToken cancel)
    {
        List<ulong> found = [];
        for (ulong nonce = 0; found.Count < nonces; nonce++)
        {
            if (nonce % TriesBetweenLooks == 0) cancel.ThrowIfCancellationRequested();
            if (CapacityMath.IsProof(proofs.Seed, proofs.Provider, resource, unit, nonce, difficulty)) found.Add(nonce);
        }
        return new UnitProof(found);
    }
}
