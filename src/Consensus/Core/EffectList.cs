using System.Collections;
using System.Collections.Generic;

namespace Chain.Consensus.Core;

/// <summary>A list of effects in order, reusable: clear it, pass it to <see cref="HeightMachine.Apply"/>, carry it out.</summary>
public sealed class EffectList : IReadOnlyList<Effect>
{
    private readonly List<Effect> _effects = [];

    public int Count => _effects.Count;

    public Effect this[int index] => _effects[index];

    public void Add(Effect effect) => _effects.Add(effect);

    public void Clear() => _effects.Clear();

    public List<Effect>.Enumerator GetEnumerator() => _effects.GetEnumerator();

    IEnumerator<Effect> IEnumerable<Effect>.GetEnumerator() => _effects.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _effects.GetEnumerator();
}
