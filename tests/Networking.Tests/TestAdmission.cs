using System;
using System.Collections.Concurrent;
using Chain.Primitives.Bytes;

namespace Chain.Networking.Tests;

/// <summary>Admits everybody but those who were taken off.</summary>
internal sealed class TestAdmission : IAdmission
{
    private readonly ConcurrentDictionary<Address, bool> _refused = new();
    private readonly ConcurrentDictionary<Address, bool> _named = new();
    private readonly ConcurrentDictionary<Address, bool> _guests = new();

    /// <summary>Replaces the judgement.</summary>
    public Func<bool>? Judgement { get; set; }

    public void Refuse(in Address id) => _refused[id] = true;

    public void Admit(in Address id) => _refused.TryRemove(id, out _);

    public void Name(in Address id) => _named[id] = true;

    /// <summary>From now on no place is kept for this key.</summary>
    public void MakeGuest(in Address id) => _guests[id] = true;

    public bool HasPlace(in Address nodeId) => !_guests.ContainsKey(nodeId);

    public bool IsAdmitted(in Address nodeId) => Judgement?.Invoke() ?? !_refused.ContainsKey(nodeId);

    public bool IsNamedByOperator(in Address nodeId) => _named.ContainsKey(nodeId);
}
